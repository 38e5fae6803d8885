import type { SourceKind } from '../model/model.ts';
import type { Kinds } from './kinds.ts';

/** Where tainted data comes from. One object for each, so that they can be compared by identity. */
export type Origin =
  /** A place in the program that reads the data of others. */
  | {
      readonly kind: 'source';
      readonly source: SourceKind;
      readonly func: number;
      readonly value: number;
      readonly what: string;
    }
  /**
   * A parameter of the function that is looked at (-1 is `this`), or something in it. Whether it is tainted
   * is for the callers to say.
   */
  | { readonly kind: 'param'; readonly index: number; readonly path: readonly string[] }
  /** A variable that functions share (its global number), or something in it. */
  | { readonly kind: 'cell'; readonly cell: number; readonly path: readonly string[] }
  /** What a function returned that was handed in as a parameter: the number of the call in the summary. */
  | { readonly kind: 'result'; readonly call: number; readonly path: readonly string[] };

/** That a value is, holds, or is made of the data of an origin. */
export interface Taint {
  readonly origin: Origin;
  /** Kinds of sinks for which it was made harmless on its way. */
  readonly clean: Kinds;
  /** The value is the origin's own, not something made of it. */
  readonly exact: boolean;
  /** A step of its way is a guess: a function of which nothing is known. */
  readonly weak: boolean;
  readonly trace: Trace | undefined;
}

/**
 * The way of tainted data, from its last step back. Ways of different functions are not copied to be put
 * behind each other: `inner` is a way that comes between this step and those before it.
 */
export interface Trace {
  readonly func: number;
  readonly at: number;
  readonly end: number;
  readonly message: string;
  readonly before: Trace | undefined;
  readonly inner: Trace | undefined;
  readonly length: number;
}

export interface TraceStep {
  readonly func: number;
  readonly at: number;
  readonly end: number;
  readonly message: string;
}

/** Ways longer than this lose their middle. */
const maxTrace = 40;

export function step(
  func: number,
  span: { readonly at: number; readonly end: number },
  message: string,
  before: Trace | undefined,
): Trace {
  if (before && before.length >= maxTrace) return before;
  return {
    func,
    at: span.at,
    end: span.end,
    message,
    before,
    inner: undefined,
    length: (before?.length ?? 0) + 1,
  };
}

/** A way that goes on after another one: through a function that was called, for instance. */
export function append(before: Trace | undefined, after: Trace | undefined): Trace | undefined {
  if (!after || (before && before.length + after.length > maxTrace)) return before;
  if (!before) return after;
  return { ...after, before, inner: after, length: before.length + after.length };
}

/** All steps of a way, the first one first. */
export function traceSteps(trace: Trace | undefined): TraceStep[] {
  const steps: TraceStep[] = [];
  const open: Trace[] = [];
  for (let at = trace; at; ) {
    if (at.inner) {
      // The inner way comes first, seen from the end; what is before it waits.
      if (at.before) open.push(at.before);
      at = at.inner;
      continue;
    }
    steps.push({ func: at.func, at: at.at, end: at.end, message: at.message });
    at = at.before ?? open.pop();
  }
  return steps.reverse();
}

/** Paths into parameters are not followed further than this. */
const maxPath = 4;

/** Gives the one object that stands for an origin. */
export class Origins {
  readonly #sources = new Map<string, Origin>();
  readonly #params = new Map<number, Origin>();
  readonly #cells = new Map<number, Origin>();
  readonly #results = new Map<number, Origin>();
  readonly #inside = new Map<Origin, Map<string, Origin>>();

  source(source: SourceKind, func: number, value: number, what: string): Origin {
    return one(this.#sources, `${source} ${func} ${value}`, () => ({
      kind: 'source',
      source,
      func,
      value,
      what,
    }));
  }

  param(index: number): Origin {
    return one(this.#params, index, () => ({ kind: 'param', index, path: [] }));
  }

  cell(cell: number): Origin {
    return one(this.#cells, cell, () => ({ kind: 'cell', cell, path: [] }));
  }

  result(call: number): Origin {
    return one(this.#results, call, () => ({ kind: 'result', call, path: [] }));
  }

  /** Something in an origin that is a parameter, a variable or a result; undefined where the path gets too long. */
  inside(origin: Origin, name: string): Origin | undefined {
    if (origin.kind === 'source' || origin.path.length >= maxPath) return undefined;
    const { path } = origin;
    const inner = one(this.#inside, origin, () => new Map<string, Origin>());
    return one(inner, name, () => ({ ...origin, path: [...path, name] }));
  }
}

function one<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

/** At most this many origins are kept for one value: the first ones that were found. */
const maxTaints = 12;

export const noTaints: readonly Taint[] = [];

/** Each origin once, as harmless as on the least harmless way. */
export function joinTaints(a: readonly Taint[], b: readonly Taint[]): readonly Taint[] {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  let joined: Taint[] | undefined;
  for (const taint of b) {
    const list: readonly Taint[] = joined ?? a;
    const i = list.findIndex((other) => other.origin === taint.origin && other.exact === taint.exact);
    const other = list[i];
    if (other === undefined) {
      if (list.length >= maxTaints) continue;
      joined ??= [...a];
      joined.push(taint);
    } else if (other !== taint) {
      const clean = other.clean & taint.clean;
      const weak = other.weak && taint.weak;
      if (clean === other.clean && weak === other.weak) continue;
      joined ??= [...a];
      // The way that is shown is the one that is the more dangerous.
      joined[i] = { ...(clean === other.clean && !(other.weak && !taint.weak) ? other : taint), clean, weak };
    }
  }
  return joined ?? a;
}
