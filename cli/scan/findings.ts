import type { Confidence, Finding, Place, Step } from '../finding/finding.ts';
import type { Module } from './ir/ir.ts';
import type { Program } from './link/program.ts';
import type { UseHit } from './rule/look.ts';
import { type Flow, type FlowRule, isFlowRule, type Rule } from './rule/rule.ts';
import type { Hit } from './taint/engine.ts';
import { type Trace, traceSteps } from './taint/taint.ts';

/** Ways of data from more sources into one sink than this are not listed one by one. */
const maxPerSink = 8;

/** What the rules say of tainted data that arrived at sinks: one finding for each source and sink. */
export function flowFindings(program: Program, hits: readonly Hit[], rules: readonly Rule[]): Finding[] {
  const flowRules = rules.filter(isFlowRule);
  const known = new Map<string, { finding: Finding; length: number }>();
  const perSink = new Map<string, number>();
  for (const hit of hits) {
    const { sink, taint } = hit;
    if (taint.origin.kind !== 'source') continue;
    const module = moduleOf(program, sink.func);
    const flow: Flow = {
      kind: sink.kind,
      sink: sink.what,
      source: taint.origin.source,
      from: taint.origin.what,
      language: module.language,
    };
    const rule = flowRules.find((one) => isOf(one, flow));
    if (!rule) continue;
    const place = placeOf(module, sink.at, sink.end);
    const at = `${rule.id} ${place.path} ${sink.at} ${sink.end}`;
    const key = `${at} ${taint.origin.func} ${taint.origin.value}`;
    const before = known.get(key);
    const length = taint.trace?.length ?? 0;
    const confidence = confidenceOf(hit);
    if (
      before &&
      (rank(before.finding.confidence) > rank(confidence) ||
        (before.finding.confidence === confidence && before.length <= length))
    )
      continue;
    if (!before) {
      const count = (perSink.get(at) ?? 0) + 1;
      perSink.set(at, count);
      if (count > maxPerSink) continue;
    }
    known.set(key, {
      length,
      finding: {
        rule: rule.id,
        severity: rule.severity,
        confidence,
        message: `${rule.message}: ${flow.from} reaches ${sink.what}.`,
        advice: rule.advice,
        place,
        steps: [...stepsOf(program, taint.trace), { place, message: `reaches ${sink.what}` }],
      },
    });
  }
  return [...known.values()].map((one) => one.finding);
}

/** What the rules say of how something is used. */
export function useFindings(program: Program, hits: readonly UseHit[]): Finding[] {
  const known = new Map<string, Finding>();
  for (const { rule, report, func, at, end } of hits) {
    const place = placeOf(moduleOf(program, func), at, end);
    known.set(`${rule.id} ${place.path} ${at} ${end} ${report.message}`, {
      rule: rule.id,
      severity: report.severity ?? rule.severity,
      confidence: report.confidence,
      message: report.message,
      advice: rule.advice,
      place,
      steps: [],
    });
  }
  return [...known.values()];
}

function isOf(rule: FlowRule, flow: Flow): boolean {
  return rule.sinks.includes(flow.kind) && rule.sources.includes(flow.source) && (rule.isOwn?.(flow) ?? true);
}

function moduleOf(program: Program, func: number): Module {
  const info = program.functions[func];
  const module = info && program.modules[info.module];
  if (!module) throw new RangeError(`no function ${func}`);
  return module;
}

/** A guess on the way makes it a hint; a type that was told by a name alone, likely. */
function confidenceOf({ sink, taint }: Hit): Confidence {
  if (taint.weak) return 'low';
  if (
    sink.guess ||
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

/** Where offsets stand in a file, in lines and columns from 1. */
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
