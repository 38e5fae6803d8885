import { maxAccessPath, maxTaints, maxTraceSteps } from '../../budgets/dataflow.ts';
import type { State } from '../../models/api.ts';
import type { SourceKind } from '../../models/model.ts';
import { cleanOfBoth, type Kinds, noKinds } from './kinds.ts';

/** Where a tainted value comes from. Each origin is one object, compared by identity. */
export type Origin =
  /** A place in the program that reads untrusted data. */
  | {
      readonly kind: 'source';
      readonly source: SourceKind;
      readonly func: number;
      readonly value: number;
      readonly what: string;
      /** What the models say of what is read there. Undefined for what no model has declared a source. */
      readonly state?: State | undefined;
    }
  /** A parameter of the analysed function (-1: `this`), or something in it. Only the callers know whether it is tainted. */
  | ({ readonly kind: 'param'; readonly index: number } & InOrigin)
  /** A shared variable, by its number in the program, or something in it. */
  | ({ readonly kind: 'cell'; readonly cell: number } & InOrigin)
  /** The result of a callback, by the number of the call in the summary. */
  | ({ readonly kind: 'result'; readonly call: number } & InOrigin);

interface InOrigin {
  /** The access path inside the origin; empty for the origin itself. */
  readonly path: readonly string[];
  /** Origins inside this one, by name; created on demand. */
  parts: Map<string, Origin> | undefined;
}

/** A value is, holds, or derives from data of an origin. */
export interface Taint {
  readonly origin: Origin;
  /** The kinds of sinks that it has been sanitised for. */
  readonly clean: Kinds;
  /** The value is the origin's own, and not derived from it. */
  readonly exact: boolean;
  /** A step of the path is a guess: a call of an unknown function. */
  readonly weak: boolean;
  readonly trace: Trace | undefined;
}

/**
 * The path of a tainted value, as a list from its last step: `before` are the earlier steps, and `inner` is the path in the
 * function that this step calls. Paths share their tails and are never copied.
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

/** Adds a step to a path. With `inner`, the path inside the called function. */
export function step(
  func: number,
  { at, end }: { readonly at: number; readonly end: number },
  message: string,
  before: Trace | undefined,
  inner?: Trace,
): Trace {
  const length = 1 + (before?.length ?? 0);
  if (before && length > maxTraceSteps) return before;
  const fits = inner && length + inner.length <= maxTraceSteps;
  return fits
    ? { func, at, end, message, before, inner, length: length + inner.length }
    : { func, at, end, message, before, inner: undefined, length };
}

/** All steps of a path, the first one first. */
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
      // The walk starts at the end of the path, so the inner steps are visited first.
      open.push({ trace: it, isInnerDone: true });
      enter(it.inner);
    }
  }
  return steps.reverse();
}

/** Interns origins, so that each is one object. */
export class Origins {
  readonly #sources = new Map<string, Origin>();
  readonly #params = new Map<number, Origin>();
  readonly #wholes = new Map<number, readonly Taint[]>();
  readonly #cells = new Map<number, Origin>();
  readonly #wholeCells = new Map<number, readonly Taint[]>();
  readonly #results = new Map<number, Origin>();

  source(source: SourceKind, func: number, value: number, what: string, state?: State): Origin {
    return one(this.#sources, `${source} ${func} ${value}`, () => ({
      kind: 'source',
      source,
      func,
      value,
      what,
      state,
    }));
  }

  param(index: number): Origin {
    return one(this.#params, index, () => ({ kind: 'param', index, path: [], parts: undefined }));
  }

  /** The taints of a parameter itself. Each read of a parameter asks, so this allocates no closure. */
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

/** The origin of something inside another one. Undefined if the access path gets too long, or for a source. */
export function inside(origin: Origin, name: string): Origin | undefined {
  if (origin.kind === 'source' || origin.path.length >= maxAccessPath) return undefined;
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

/** Returns the taint with its sanitised kinds replaced. Written without a spread because it runs often. */
export function withClean({ origin, exact, weak, trace }: Taint, clean: Kinds): Taint {
  return { origin, clean, exact, weak, trace };
}

/** Returns the taint for a value derived from the tainted one: no longer the origin's own value (`exact: false`). */
export function inexact({ origin, clean, weak, trace }: Taint): Taint {
  return { origin, clean, exact: false, weak, trace };
}

/** Placeholder for a value that the constant pass does not track. */
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
 * Adds a taint to a list that has each origin once. An origin is sanitised only for the kinds that all its paths sanitise. `make`
 * is called only if the taint is new or replaces another.
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
  // The more dangerous path is reported.
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

/** The union of two lists of taints, with the rules of `addTaint`. */
export function joinTaints(a: readonly Taint[], b: readonly Taint[]): readonly Taint[] {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  if (includesAll(a, b)) return a;
  const joined = [...a];
  for (let i = 0; i < b.length; i++) addTaint(joined, b[i] as Taint);
  return joined.length === a.length && includesAll(a, joined) ? a : joined;
}
