import type { Node } from '../../scan/languages/python/parse/tree.ts';
import type { CallArguments } from './call-arguments.ts';
import type { ModuleFile, Spot } from './module-file.ts';
import type { Scope } from './scope.ts';

/** What a setting holds, as far as the files show it. */
export type Plain =
  | null
  | boolean
  | number
  | string
  | PyList
  | PyDict
  | PyReference
  | PyFunction
  | PyClass
  | PyModule
  | PyReader
  | PyObject
  | PyAbsent;

/** A list, tuple or set. It is changed in place, as in Python: two names may hold the same one. */
export interface PyList {
  readonly type: 'list';
  readonly items: Value[];
  /** Why it may hold other items too. */
  more?: string;
  /** Of two that a condition chose from: items that only one has may be absent, and their order is not known. */
  isLoose?: true;
  /** A tuple is not changed in place by `+=`. */
  isTuple?: true;
  /** Where it was changed. */
  readonly spots: Spot[];
}

export interface PyDict {
  readonly type: 'dict';
  readonly entries: Map<string, Value>;
  more?: string;
  readonly spots: Spot[];
  /** `config` of a Flask application, which has methods of its own. */
  readonly isConfig?: true;
  /** What it holds where the variables of the environment that choose a class for production are not set. */
  otherwise?: Otherwise;
}

export interface Otherwise {
  readonly variables: readonly string[];
  readonly entries: ReadonlyMap<string, Value>;
}

/** Something of a library, by its path: `os.environ`. */
export interface PyReference {
  readonly type: 'reference';
  readonly path: string;
}

export interface PyFunction {
  readonly type: 'function';
  readonly node: Node;
  readonly module: ModuleFile;
  readonly scope: Scope;
}

export interface PyClass {
  readonly type: 'class';
  readonly name: string;
  readonly scope: Scope;
  readonly bases: readonly Value[];
}

export interface PyModule {
  readonly type: 'module';
  readonly scope: Scope;
}

/** `env` of django-environ or environs, `config` of decouple. */
export interface PyReader {
  readonly type: 'reader';
  readonly library: 'environ' | 'environs' | 'decouple';
  readonly scheme: ReadonlyMap<string, { readonly cast: string; readonly initial?: Value }>;
  readonly prefix: string;
}

/** What a class of a library has made: an application, or something that is added to one. */
export interface PyObject {
  readonly type: 'object';
  /** The class: `flask.Flask`. */
  readonly path: string;
  readonly given: CallArguments;
  readonly fields: Map<string, Value>;
  /** What was called on it, or with it: `add_middleware`, `flask_talisman.Talisman`. */
  readonly calls: ObjectCall[];
  readonly spot: Spot;
}

export interface ObjectCall {
  readonly name: string;
  readonly given: CallArguments;
  readonly spot: Spot;
  /** Only where the file is run as a program. */
  readonly isMain: boolean;
}

/** The name is not set. */
export interface PyAbsent {
  readonly type: 'absent';
}

/** One of the values that something may have. */
export interface Possible {
  /** Undefined if it is not known. */
  readonly plain: Plain | undefined;
  /** Why it is not known: `it is read from the environment variable DEBUG, which has no default`. */
  readonly reason?: string;
  /** Variables of the environment whose default it rests on. */
  readonly variables: readonly string[];
  /** A variable that is read without a default: `None` where the environment lacks it. */
  readonly unset?: string;
  /** It was chosen for production; this is what the program takes where the environment says nothing. */
  readonly instead?: Possible;
  readonly spots: readonly Spot[];
}

/** At least one: several where a condition decides that files do not show. */
export type Value = readonly [Possible, ...Possible[]];

const mostSpots = 10;
const mostPossible = 8;
const nothing: readonly never[] = Object.freeze([]);

export function known(
  plain: Plain,
  spots: readonly Spot[] = nothing,
  variables = nothing as readonly string[],
): Value {
  return [{ plain, spots, variables }];
}

/** @param reason goes on from `SETTING is not known: ` */
export function notKnown(reason: string, spots: readonly Spot[] = nothing): Value {
  return [{ plain: undefined, reason, spots, variables: nothing }];
}

export const absentName: PyAbsent = Object.freeze({ type: 'absent' });

export function list(items: Value[], more?: string): PyList {
  return { type: 'list', items, spots: [], ...(more === undefined ? {} : { more }) };
}

export function isType<
  T extends 'list' | 'dict' | 'reference' | 'function' | 'class' | 'module' | 'reader' | 'object' | 'absent',
>(plain: Plain | undefined, type: T): plain is Extract<Plain, { readonly type: T }> {
  return typeof plain === 'object' && plain !== null && plain.type === type;
}

export function manySpots(...all: readonly (readonly Spot[])[]): readonly Spot[] {
  const found: Spot[] = [];
  for (const spot of all.flat()) {
    if (found.length >= mostSpots) break;
    if (!found.some(({ path, line }) => path === spot.path && line === spot.line)) found.push(spot);
  }
  return found;
}

/** All of them; one that is not known if there are too many. */
export function oneOf(all: readonly Possible[]): Value {
  const [first, ...rest] = all;
  if (first === undefined) return notKnown('nothing sets it');
  if (all.length <= mostPossible) return [first, ...rest];
  return notKnown('it depends on too many conditions', manySpots(...all.map(({ spots }) => spots)));
}

/** Adds where a value was used. */
export function seenAt(value: Value, spot: Spot): Value {
  return oneOf(value.map((one) => ({ ...one, spots: manySpots([spot], one.spots) })));
}

/**
 * Computes a value of others, for each of the values that they may have.
 *
 * @param compute the result, or why it is not known
 */
export function combine(
  values: readonly Value[],
  compute: (plains: readonly Plain[]) => Plain | Failure,
): Value {
  let rows: (readonly Possible[])[] = [[]];
  for (const value of values) {
    rows = rows.flatMap((row) => value.map((one) => [...row, one]));
    if (rows.length > mostPossible * 2) return notKnown('it depends on too many conditions');
  }
  return oneOf(rows.map((row) => combined(row, compute)));
}

/** Why something could not be computed. */
export class Failure {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

function combined(
  row: readonly Possible[],
  compute: (plains: readonly Plain[]) => Plain | Failure,
): Possible {
  const spots = manySpots(...row.map((one) => one.spots));
  const variables = [...new Set(row.flatMap((one) => one.variables))];
  const plains: Plain[] = [];
  for (const { plain, reason } of row) {
    if (plain === undefined)
      return { plain: undefined, reason: reason ?? 'it is computed', spots, variables };
    plains.push(plain);
  }
  const result = compute(plains);
  if (result instanceof Failure) return { plain: undefined, reason: result.reason, spots, variables };
  return { plain: result, spots, variables };
}

/** Takes a variable that the environment lacks for `None`. */
export function withUnset(value: Value): Value {
  return oneOf(
    value.map((one) =>
      one.unset === undefined
        ? one
        : { plain: null, spots: one.spots, variables: [...one.variables, one.unset] },
    ),
  );
}
