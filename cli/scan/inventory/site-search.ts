import type { FuncInfo } from '../callgraph/program.ts';
import type { Site, SiteKind } from '../code-view.ts';
import type { Hit } from '../dataflow/program/program-analysis.ts';
import type { Call, Inst, Module, ValueId } from '../ir/ir.ts';
import { isTestPath } from '../project/path-purpose.ts';
import { placeOf } from '../report/findings.ts';
import type { SiteFrames } from './site-frames.ts';

/** The inputs of a search for sites: the places in the code that the audit lists, such as queries and uploads. */
export interface SiteSearch {
  readonly frames: SiteFrames;
  /** The places where untrusted data reaches a sink, as keys from `hitKey`. */
  readonly hits: ReadonlySet<string>;
  readonly textOf: (path: string) => string | undefined;
}

export type SiteState = Pick<Site, 'state' | 'because'>;

export function hitKey(func: number, value: ValueId, kind: string): string {
  return `${func} ${value} ${kind}`;
}

export function hitKeys(hits: readonly Hit[]): ReadonlySet<string> {
  return new Set(
    hits
      .filter(({ taint }) => taint.origin.kind === 'source')
      .map(({ sink }) => hitKey(sink.func, sink.value, sink.kind)),
  );
}

/** Visits the calls that may run in production: not those of tests, examples and documentation. */
export function eachCall(
  { frames }: SiteSearch,
  visit: (call: Inst & Call, info: FuncInfo, value: ValueId) => void,
): void {
  frames.linked.program.instructions.each('call', (call, info, value) => {
    if (!isAside(frames, info)) visit(call, info, value);
  });
}

export function isAside({ linked }: SiteFrames, { module }: FuncInfo): boolean {
  return isTestPath(linked.program.modules[module]?.path ?? '');
}

const longestCall = 80;

/** The site of a call, with the source text of its callee. */
export function siteAt(
  search: SiteSearch,
  kind: SiteKind,
  func: number,
  value: ValueId,
  state: SiteState,
): Site {
  const { program } = search.frames.linked;
  const info = program.functions[func] as FuncInfo;
  const module = program.modules[info.module] as Module;
  const inst = info.func.code[value] as Inst;
  const shown = inst.op === 'call' ? info.func.code[inst.callee] : inst;
  const text = search.textOf(module.path)?.slice(shown?.at, shown?.end).replace(/\s+/g, ' ').trim() ?? '';
  const name = text.length > longestCall ? `${text.slice(0, longestCall)}...` : text;
  return {
    kind,
    place: placeOf(module, inst.at, inst.end),
    call: inst.op === 'call' && !inst.quasis ? `${name}(...)` : name,
    ...state,
  };
}

/**
 * The worst state of a site's arguments, with its reason. From worst to best: `unresolved`, `allow-listed`, `bound`,
 * `constant`.
 */
export function worstState(states: readonly SiteState[]): SiteState {
  const order = ['unresolved', 'allow-listed', 'bound', 'constant'] as const;
  for (const state of order) {
    const found = states.find((one) => one.state === state);
    if (found) return found;
  }
  return { state: 'unresolved', because: 'nothing is known of what is passed' };
}
