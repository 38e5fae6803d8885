import type { Confidence, Finding, Place, Severity, Step } from '../../finding/finding.ts';
import { severities } from '../../finding/finding-order.ts';
import type { Program } from '../callgraph/program.ts';
import { addressChecked } from '../dataflow/domain/kinds.ts';
import { type Trace, traceSteps } from '../dataflow/domain/taint.ts';
import type { Hit } from '../dataflow/program/program-analysis.ts';
import type { Module } from '../ir/ir.ts';
import { languageOf } from '../languages/registry.ts';
import { ofOwnPages } from '../libraries/javascript/node/process-messages.ts';
import { adviceFor } from '../rules/kit/advice-for.ts';
import { type Flow, type FlowRule, isFlowRule, type Rule } from '../rules/kit/rule.ts';
import type { UseHit } from '../rules/kit/run-use-rules.ts';
import { isPreference } from '../rules/kit/sensitive/session-key.ts';
import { guessedType, quoted, shownName, shownOrigin } from '../rules/kit/shown-name.ts';
import { isForBrowsers } from '../rules/kit/web/for-browsers.ts';
import { type Role, severityOf } from './severity.ts';
import { type Store, storedFindings } from './stored-findings.ts';

/** Paths from different sources to one sink that are listed. */
const maxWays = 8;

/**
 * Rules that differ only in the source of one vulnerability. One sink makes one finding, with the rule of its most
 * certain path.
 */
const sameHole: ReadonlyMap<string, string> = new Map([['xss/stored', 'xss/reflected']]);

/** A path from one source to a sink. */
interface Way {
  readonly rule: FlowRule;
  readonly confidence: Confidence;
  readonly severity: Severity;
  /** The message without the source and the sink. */
  readonly words: string;
  /** The sentence that names the check in front of the source. Empty if severity does not depend on it. */
  readonly behind: string;
  readonly message: string;
  readonly advice: string;
  readonly length: number;
  readonly hit: Hit;
}

/**
 * Returns the role that a request needs to reach a function, and the name in the code that shows this. Undefined if the
 * code names no role.
 */
export type ReachOf = (func: number) => { readonly role: Role; readonly name: string } | undefined;

/**
 * The findings of flow rules: one for each sink, with its most certain and shortest path, and with the paths from other
 * sources.
 */
export function flowFindings(
  program: Program,
  hits: readonly Hit[],
  rules: readonly Rule[],
  reachOf: ReachOf,
): Finding[] {
  const flowRules = rules.filter(isFlowRule);
  const sinks = new Map<string, Map<string, Way>>();
  for (const hit of hits) {
    const { sink, taint } = hit;
    if (taint.origin.kind !== 'source') continue;
    const module = moduleOf(program, sink.func);
    const { path } = module;
    const { source, what: from } = taint.origin;
    const isAddressChecked = sink.kind === 'ssrf' && taint.clean.meets(addressChecked);
    const flow: Flow = {
      kind: sink.kind,
      sink: sink.what,
      source,
      from,
      language: languageOf(module),
      isAddressChecked,
      isInBrowser: isForBrowsers(module),
    };
    const rule = flowRules.find((one) => isOf(one, flow));
    if (!rule) continue;
    const at = `${sameHole.get(rule.id) ?? rule.id} ${path} ${sink.at} ${sink.end}`;
    const ways = sinks.get(at) ?? new Map<string, Way>();
    sinks.set(at, ways);
    const words = rule.words?.(flow);
    const shown = shownEnds(program, hit);
    const confidence = confidenceOf(program, hit);
    const reach = source === 'remote' ? reachOf(taint.origin.func) : undefined;
    const rated = { severity: rule.severity, kind: sink.kind, source, confidence };
    const severity = severityOf({ ...rated, role: reach?.role });
    const behind =
      reach && severity !== severityOf({ ...rated, role: undefined })
        ? ` Only behind ${quoted(reach.name)}.`
        : '';
    const sentence = words?.message ?? rule.message;
    const message = `${sentence}: ${shown.from} reaches ${shown.to}.${behind}`;
    const advice = words?.advice ?? adviceFor(rule, program, module, sink.what);
    const length = taint.trace?.length ?? 0;
    const way = { rule, confidence, severity, words: sentence, behind, message, advice, length, hit };
    const key = `${taint.origin.func} ${taint.origin.value}`;
    const before = ways.get(key);
    if (!before || surestFirst(way, before) < 0) ways.set(key, way);
  }
  return storedFindings(
    [...sinks.values()].map((ways) => {
      const sorted = [...ways.values()].sort(surestFirst);
      return { finding: findingOf(program, sorted), store: storeOf(program, sorted[0]) };
    }),
  );
}

/** The first store of the data in a variable of a module. Undefined if there is none. */
function storeOf(program: Program, way: Way | undefined): Store | undefined {
  const origin = way?.hit.taint.origin;
  if (!way || origin?.kind !== 'source') return undefined;
  const found = traceSteps(way.hit.taint.trace).find(({ storedIn }) => storedIn !== undefined);
  return (
    found && {
      key: `${origin.func} ${origin.value} ${found.storedIn}`,
      how: found.message,
      place: placeOf(moduleOf(program, found.func), found.at, found.end),
      words: way.words,
      behind: way.behind,
      from: shownEnds(program, way.hit).from,
    }
  );
}

/** The most certain path first, then the most severe one, then the shortest. */
function surestFirst(a: Way, b: Way): number {
  return (
    rank(b.confidence) - rank(a.confidence) ||
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    a.length - b.length
  );
}

function findingOf(program: Program, ways: readonly Way[]): Finding {
  const [best, ...others] = ways as readonly [Way, ...Way[]];
  const { rule, confidence, severity, message, advice } = best;
  const { sink } = best.hit;
  const place = placeOf(moduleOf(program, sink.func), sink.at, sink.end);
  const stepsOfWay = ({ hit }: Way): Step[] => {
    const { from, to } = shownEnds(program, hit);
    const { origin } = hit.taint;
    const steps = stepsOf(program, hit.taint.trace);
    const spelt =
      origin.kind === 'source'
        ? steps.map((one) => ({
            ...one,
            message: one.message.replace(`: ${origin.what}`, () => `: ${from}`),
          }))
        : steps;
    return [...spelt, { place, message: `reaches ${to}` }];
  };
  const otherWays = others.slice(0, maxWays - 1).map(stepsOfWay);
  return {
    rule: rule.id,
    severity,
    confidence,
    message,
    advice,
    place,
    steps: stepsOfWay(best),
    sink: sink.what,
    ...(otherWays.length > 0 ? { otherWays } : {}),
  };
}

/** Returns the findings of rules that need no data flow, such as a call with an insecure option. */
export function useFindings(program: Program, hits: readonly UseHit[]): Finding[] {
  const known = new Map<string, Finding>();
  for (const { rule, report, func, at, end } of hits) {
    const module = moduleOf(program, func);
    const place = placeOf(module, at, end);
    known.set(`${rule.id} ${place.path} ${at} ${end} ${report.message}`, {
      rule: rule.id,
      severity: report.severity ?? rule.severity,
      confidence: report.confidence,
      message: report.message,
      advice: report.advice ?? adviceFor(rule, program, module),
      place,
      steps: [],
    });
  }
  return [...known.values()];
}

function isOf(rule: FlowRule, flow: Flow): boolean {
  return rule.sinks.includes(flow.kind) && rule.sources.includes(flow.source) && (rule.isOwn?.(flow) ?? true);
}

/** The source and the sink, as the code spells them. */
function shownEnds(program: Program, { sink, taint }: Hit): { readonly from: string; readonly to: string } {
  const { origin } = taint;
  return {
    from: origin.kind === 'source' ? quoted(shownOrigin(program, origin)) : '',
    to: quoted(shownName(sink.what, moduleOf(program, sink.func).language)),
  };
}

function moduleOf(program: Program, func: number): Module {
  const info = program.functions[func];
  const module = info && program.modules[info.module];
  if (!module) throw new RangeError(`no function ${func}`);
  return module;
}

/**
 * Low if a step of the path is a guess. Medium if the type of the source or the sink is a guess, or if the source is
 * neither a request nor a browser.
 */
function confidenceOf(program: Program, { sink, taint }: Hit): Confidence {
  if (taint.weak) return 'low';
  if (
    sink.guess ||
    (taint.origin.kind === 'source' && guessedType.test(taint.origin.what)) ||
    (sink.kind === 'ssrf' && taint.clean.meets(addressChecked)) ||
    isPreference(program, sink) ||
    (taint.origin.kind === 'source' && ofOwnPages.test(taint.origin.what)) ||
    (taint.origin.kind === 'source' && taint.origin.source !== 'remote' && taint.origin.source !== 'browser')
  )
    return 'medium';
  return 'high';
}

function rank(confidence: Confidence): number {
  return confidence === 'high' ? 2 : confidence === 'medium' ? 1 : 0;
}

function stepsOf(program: Program, trace: Trace | undefined): Step[] {
  return traceSteps(trace).map(({ func, at, end, message }) => ({
    place: placeOf(moduleOf(program, func), at, end),
    message,
  }));
}

/** Converts offsets to lines and columns, which start at 1. */
export function placeOf(module: Pick<Module, 'path' | 'lines'>, at: number, end: number): Place {
  const [line, column] = lineAndColumn(module.lines, at);
  const [endLine, endColumn] = lineAndColumn(module.lines, Math.max(at, end));
  return { path: module.path, line, column, endLine, endColumn };
}

function lineAndColumn(lines: readonly number[], offset: number): readonly [number, number] {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return [low + 1, offset - (lines[low] ?? 0) + 1];
}
