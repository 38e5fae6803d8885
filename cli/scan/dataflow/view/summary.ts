import type { SinkId } from '../../sinks/sink-kinds.ts';
import type { Abstract } from '../domain/abstract.ts';
import type { Kinds } from '../domain/kinds.ts';
import type { Origin, Trace } from '../domain/taint.ts';

/** What a function does with what it is given: all that its callers need to know of it. */
export interface Summary {
  /** Undefined where no way through the function returns. */
  readonly returns: Abstract | undefined;
  readonly effects: readonly Effect[];
  readonly cells: readonly CellEffect[];
  readonly callbacks: readonly Callback[];
  readonly proofs: Proofs;
  /** What it throws, where it catches nothing itself. */
  readonly throws: Abstract | undefined;
  /** It returns data of others, stores some in what it is given, or calls what it is given with some. */
  readonly bringsSource: boolean;
  /** It stores and calls nothing that it is given, and returns nothing of it. */
  readonly isInert: boolean;
}

/** A way to a sink, in a function or in what it calls. */
export interface SinkUse {
  /** A parameter, a cell or a callback's result, never a source. */
  readonly origin: Origin;
  readonly exact: boolean;
  readonly clean: Kinds;
  readonly weak: boolean;
  readonly sink: Sink;
  readonly trace: Trace | undefined;
}

/** A place that tainted data must not reach. */
export interface Sink {
  readonly kind: SinkId;
  readonly func: number;
  readonly value: number;
  readonly at: number;
  readonly end: number;
  /** `pg.Client.query`, for messages. */
  readonly what: string;
  /** What it is was told by a name alone. */
  readonly guess: boolean;
  /** A text does harm here, though only an object does in other sinks of its kind. */
  readonly takesText?: true;
  /** It is one only where a name that is not known is one of those of the models. */
  readonly isUnsure?: true;
  /** A request that follows no redirect. */
  readonly isDirect?: true;
}

/** Something is stored in what was passed (-1: in `this`). An empty path: it is put into it as an element. */
export interface Effect {
  readonly param: number;
  readonly path: readonly string[];
  readonly value: Abstract;
}

/** A variable of an outer function, or of the module, is written. */
export interface CellEffect {
  readonly cell: number;
  readonly value: Abstract;
  /** How many calls below it is written. */
  readonly depth: number;
}

/** A parameter is called as a function. */
export interface Callback {
  readonly call: number;
  /** -1 where it is a variable of a function around it that is called. */
  readonly param: number;
  readonly cell?: number;
  readonly args: readonly Abstract[];
}

/** For what a parameter (`0`, or something in it: `0.url`) is proven harmless, by how the call ended. */
export interface Proofs {
  /** It returned. */
  readonly normal: ReadonlyMap<string, Kinds>;
  /** It returned something true; or a tuple whose first item is. */
  readonly truthy: ReadonlyMap<string, Kinds>;
  readonly falsy: ReadonlyMap<string, Kinds>;
  /** It has gone on to the handler, as a middleware: of fields of the request (`query.name`). */
  readonly going: ReadonlyMap<string, Kinds>;
}
