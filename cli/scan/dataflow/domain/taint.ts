import type { SourceKind } from '../../models/model.ts';
import { cleanOfBoth, type Kinds, noKinds } from './kinds.ts';

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
  | ({ readonly kind: 'param'; readonly index: number } & InOrigin)
  /** A variable that functions share (its global number), or something in it. */
  | ({ readonly kind: 'cell'; readonly cell: number } & InOrigin)
  /** What a function returned that was handed in as a parameter: the number of the call in the summary. */
  | ({ readonly kind: 'result'; readonly call: number } & InOrigin);

interface InOrigin {
  /** Where it lies in the whole: of that itself it is empty. */
  readonly path: readonly string[];
  /** What lies in it, by its names, as far as somebody has asked. */
  parts: Map<string, Origin> | undefined;
}

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
 * The way of tainted data, from its last step back: the ways before it, the step itself, and `inner`, the
 * way in the function that was called there. Ways are shared, not copied to be put behind each other.
 */
export interface Trace extends TraceStep {
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

/** Ways longer than this lose what comes after. */
const maxTrace = 40;

/** One more step of a way, and where it led through a function that was called, the way in that. */
export function step(
  func: number,
  { at, end }: { readonly at: number; readonly end: number },
  message: string,
  before: Trace | undefined,
  inner?: Trace,
): Trace {
  const length = 1 + (before?.length ?? 0);
  if (before && length > maxTrace) return before;
  const fits = inner && length + inner.length <= maxTrace;
  return fits
    ? { func, at, end, message, before, inner, length: length + inner.length }
    : { func, at, end, message, before, inner: undefined, length };
}

/** All steps of a way, the first one first. */
export function traceSteps(trace: Trace | undefined): TraceStep[] {
  const steps: TraceStep[] = [];
  const open: { readonly trace: Trace; readonly isInnerDone: boolean }[] = [];
  const enter = (one: Trace | undefined): void => {
    if (one) open.push({ trace: one, isInnerDone: one.inner === undefined });
  };
  enter(trace);
  for (let top = open.pop(); top; top = open.pop()) {
    const it = top.trace;
    if (top.isInnerDone) {
      steps.push({ func: it.func, at: it.at, end: it.end, message: it.message });
      enter(it.before);
    } else {
      // What is behind comes first, as it is gone through from the end.
      open.push({ trace: it, isInnerDone: true });
      enter(it.inner);
    }
  }
  return steps.reverse();
}

/** Paths into parameters are not followed further than this. */
const maxPath = 4;

/** Gives the one object that stands for an origin. */
export class Origins {
  readonly #sources = new Map<string, Origin>();
  readonly #params = new Map<number, Origin>();
  readonly #wholes = new Map<number, readonly Taint[]>();
  readonly #cells = new Map<number, Origin>();
  readonly #wholeCells = new Map<number, readonly Taint[]>();
  readonly #results = new Map<number, Origin>();

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
    return one(this.#params, index, () => ({ kind: 'param', index, path: [], parts: undefined }));
  }

  /** The taints of a parameter itself. Each read of a parameter or a variable asks: no function is made for that. */
  wholeParam(index: number): readonly Taint[] {
    let found = this.#wholes.get(index);
    if (!found) {
      found = [wholeOf(this.param(index))];
      this.#wholes.set(index, found);
    }
    return found;
  }

  cell(cell: number): Origin {
    return one(this.#cells, cell, () => ({ kind: 'cell', cell, path: [], parts: undefined }));
  }

  /** The taints of a variable itself. */
  wholeCell(cell: number): readonly Taint[] {
    let found = this.#wholeCells.get(cell);
    if (!found) {
      found = [wholeOf(this.cell(cell))];
      this.#wholeCells.set(cell, found);
    }
    return found;
  }

  result(call: number): Origin {
    return one(this.#results, call, () => ({ kind: 'result', call, path: [], parts: undefined }));
  }
}

function wholeOf(origin: Origin): Taint {
  return { origin, clean: noKinds, exact: true, weak: false, trace: undefined };
}

/** Something in an origin that is a parameter, a variable or a result; undefined where the path gets too long. */
export function inside(origin: Origin, name: string): Origin | undefined {
  if (origin.kind === 'source' || origin.path.length >= maxPath) return undefined;
  origin.parts ??= new Map();
  let part = origin.parts.get(name);
  if (!part) {
    part = { ...origin, path: [...origin.path, name], parts: undefined };
    origin.parts.set(name, part);
  }
  return part;
}

function one<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

/** The same taint, harmless for these kinds. As with values, what is made often is made without a spread. */
export function withClean({ origin, exact, weak, trace }: Taint, clean: Kinds): Taint {
  return { origin, clean, exact, weak, trace };
}

/** The same taint, of something that is made of what had it. */
export function inexact({ origin, clean, weak, trace }: Taint): Taint {
  return { origin, clean, exact: false, weak, trace };
}

/** At most this many origins are kept for one value: the first ones that were found. */
const maxTaints = 12;

/** Of something of which a plain look knows no more than that it is there. */
export const opaque: Taint = {
  origin: { kind: 'param', index: -2, path: [], parts: undefined },
  clean: noKinds,
  exact: false,
  weak: false,
  trace: undefined,
};

export const opaqueTaints: readonly Taint[] = [opaque];

export const noTaints: readonly Taint[] = [];

/**
 * Adds a taint to a list in which each origin is once, as harmless as on the least harmless way. One that would be made for that
 * alone is made only if it is new.
 */
export function addTaint(list: Taint[], taint: Taint): void;
export function addTaint(list: Taint[], taint: Omit<Taint, 'trace'>, make: () => Taint): void;
export function addTaint(list: Taint[], taint: Omit<Taint, 'trace'>, make?: () => Taint): void {
  const { origin, exact } = taint;
  const i = indexOf(list, origin, exact);
  const other = list[i];
  if (other === undefined) {
    if (list.length < maxTaints) list.push(make ? make() : (taint as Taint));
    return;
  }
  const clean = cleanOfBoth(other.clean, taint.clean);
  const weak = other.weak && taint.weak;
  if (clean === other.clean && weak === other.weak) return;
  // The way that is shown is the one that is the more dangerous.
  const shown =
    clean === other.clean && !(other.weak && !taint.weak) ? other : make ? make() : (taint as Taint);
  list[i] = { origin: shown.origin, clean, exact: shown.exact, weak, trace: shown.trace };
}

function indexOf(list: readonly Taint[], origin: Origin, exact: boolean): number {
  for (let i = 0; i < list.length; i++) {
    const one = list[i] as Taint;
    if (one.origin === origin && one.exact === exact) return i;
  }
  return -1;
}

function includesAll(all: readonly Taint[], some: readonly Taint[]): boolean {
  for (let i = 0; i < some.length; i++) if (!all.includes(some[i] as Taint)) return false;
  return true;
}

/** Each origin once, as harmless as on the least harmless way. */
export function joinTaints(a: readonly Taint[], b: readonly Taint[]): readonly Taint[] {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  if (includesAll(a, b)) return a;
  const joined = [...a];
  for (let i = 0; i < b.length; i++) addTaint(joined, b[i] as Taint);
  return joined.length === a.length && includesAll(a, joined) ? a : joined;
}
