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
      /** The row of the library model that declares the source. Undefined if no model does. */
      readonly state?: State | undefined;
    }
  /** A parameter of the analysed function (-1: `this`), or a part of it. Only the callers know whether it is tainted. */
  | ({ readonly kind: 'param'; readonly index: number } & InOrigin)
  /** A shared variable, by its number in the program, or a part of it. */
  | ({ readonly kind: 'cell'; readonly cell: number } & InOrigin)
  /** The result of calling a callback, or a part of it. `call` is the call's value in the analysed function. */
  | ({ readonly kind: 'result'; readonly call: number } & InOrigin);

interface InOrigin {
  /** The access path from the parameter, variable or result to this part of it. Empty for the whole. */
  readonly path: readonly string[];
  /** The origins one step further, by the name of the step. Created on demand. */
  parts: Map<string, Origin> | undefined;
}

/** One origin that a value may come from: the value is the origin's data, contains it, or is derived from it. */
export interface Taint {
  readonly origin: Origin;
  /** The kinds of sinks that the value is sanitised for, as far as it comes from this origin. */
  readonly clean: Kinds;
  /** Whether the value is the origin's data itself. False if it only contains that data or is derived from it. */
  readonly exact: boolean;
  /** Whether a step of the path is a guess, such as a call of an unknown function. */
  readonly weak: boolean;
  /** The path from the origin to the value. Undefined if it has no steps yet. */
  readonly trace: Trace | undefined;
}

/**
 * The data-flow path of a tainted value: a linked list whose head is the last step. `before` holds the earlier steps, and
 * `inner` the path inside the function that this step calls. Paths share their tails and are never copied.
 */
export interface Trace extends TraceStep {
  readonly before: Trace | undefined;
  readonly inner: Trace | undefined;
  /** The number of steps, `before` and `inner` included. */
  readonly length: number;
}

/** One step of a path, in the function `func`. `at` and `end` are offsets in its file. */
export interface TraceStep {
  readonly func: number;
  readonly at: number;
  readonly end: number;
  readonly message: string;
  /** The variable of a module that the step stores the value in, by its number in the program. */
  readonly storedIn?: number | undefined;
}

/**
 * Adds a step to the end of the path `before`. If that would make it too long, `before` is returned as it is.
 * @param inner the path inside the function that the step calls. It is left out if it would make the path too long
 */
export function step(
  func: number,
  { at, end }: { readonly at: number; readonly end: number },
  message: string,
  before: Trace | undefined,
  inner?: Trace,
  storedIn?: number,
): Trace {
  const length = 1 + (before?.length ?? 0);
  if (before && length > maxTraceSteps) return before;
  const fits = inner && length + inner.length <= maxTraceSteps;
  return fits
    ? { func, at, end, message, storedIn, before, inner, length: length + inner.length }
    : { func, at, end, message, storedIn, before, inner: undefined, length };
}

/** All steps of a path, from the origin on. The steps inside a called function follow the step that calls it. */
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
      steps.push({ func: it.func, at: it.at, end: it.end, message: it.message, storedIn: it.storedIn });
      enter(it.before);
    } else {
      // The walk starts at the end of the path, so the inner steps are visited first.
      open.push({ trace: it, isInnerDone: true });
      enter(it.inner);
    }
  }
  return steps.reverse();
}

/**
 * Creates origins. A second call with the same arguments returns the same object, so origins can be compared by
 * identity.
 */
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

  /** The taint of a whole parameter, as a list of one. Called for each read of a parameter, so it allocates no closure. */
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

  /** The taint of a whole shared variable, as a list of one. */
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

/** The origin for the part `name` of another origin. Undefined for a source, or if the access path would get too long. */
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

/** A copy of a taint that is sanitised for exactly the kinds in `clean`. Written without a spread because it runs often. */
export function withClean({ origin, exact, weak, trace }: Taint, clean: Kinds): Taint {
  return { origin, clean, exact, weak, trace };
}

/** A copy of a taint for a value that contains the tainted value or is derived from it: `exact` is false. */
export function inexact({ origin, clean, weak, trace }: Taint): Taint {
  return { origin, clean, exact: false, weak, trace };
}

/**
 * A taint that stands for all data that is not tracked: parameters for which no caller passes untrusted data, and values
 * that the constant pass skips.
 */
export const opaque: Taint = {
  origin: { kind: 'param', index: -2, path: [], parts: undefined },
  clean: noKinds,
  exact: false,
  weak: false,
  trace: undefined,
};

/** The list that has `opaque` alone. It is recognised by identity. */
export const opaqueTaints: readonly Taint[] = [opaque];

export const noTaints: readonly Taint[] = [];

/**
 * Adds a taint to a list. The list has at most one exact and one inexact taint of each origin. If it has such a taint
 * already, the two are merged: the result is sanitised only for kinds that both are sanitised for, and weak only if
 * both are weak. A full list takes no new origins.
 * @param make creates the taint with its trace. Called only if that trace is kept
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

/** The union of two lists of taints, merged as by `addTaint`. Returns `a` or `b` itself if the other one adds nothing. */
export function joinTaints(a: readonly Taint[], b: readonly Taint[]): readonly Taint[] {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  if (includesAll(a, b)) return a;
  const joined = [...a];
  for (let i = 0; i < b.length; i++) addTaint(joined, b[i] as Taint);
  return joined.length === a.length && includesAll(a, joined) ? a : joined;
}
