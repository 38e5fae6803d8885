import type { SinkId } from '../../sinks/sink-kinds.ts';
import type { Abstract } from '../domain/abstract.ts';
import type { Kinds } from '../domain/kinds.ts';
import type { Origin, Trace } from '../domain/taint.ts';

/** The function's summary: how it transforms its arguments. Callers need nothing else. */
export interface Summary {
  /** Undefined if the function never returns. */
  readonly returns: Abstract | undefined;
  readonly effects: readonly Effect[];
  readonly cells: readonly CellEffect[];
  readonly callbacks: readonly Callback[];
  readonly proofs: Proofs;
  /** What it throws. Undefined if it catches anything itself. */
  readonly throws: Abstract | undefined;
  /** Whether it returns or throws untrusted data, stores some in its arguments, or passes some to a callback. */
  readonly bringsSource: boolean;
  /** Whether it neither stores nor calls its arguments, and returns and throws nothing of them. */
  readonly isInert: boolean;
}

/** A flow into a sink, in a function or in its callees. */
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
  /** The name for messages: `pg.Client.query`. */
  readonly what: string;
  /** The sink was recognised only by its name. */
  readonly guess: boolean;
  /** A string alone does harm here, unlike in other sinks of its kind. */
  readonly takesText?: true;
  /** It is a sink only if an unknown name is one that the models list. */
  readonly isUnsure?: true;
  /** The request follows no redirects. */
  readonly isDirect?: true;
}

/** A store into a parameter (-1: `this`). With an empty path, the value is added as an element. */
export interface Effect {
  readonly param: number;
  readonly path: readonly string[];
  readonly value: Abstract;
}

/** A write to a variable of an enclosing function or of the module. */
export interface CellEffect {
  readonly cell: number;
  readonly value: Abstract;
  /** How many calls below it happens. */
  readonly depth: number;
}

/** A call of a parameter as a function. */
export interface Callback {
  readonly call: number;
  /** -1 if the callee is a variable of an enclosing function. */
  readonly param: number;
  readonly cell?: number;
  readonly args: readonly Abstract[];
}

/** The kinds for which a parameter (`0`), or a field of it (`0.url`), is proven harmless, by how the call ends. */
export interface Proofs {
  /** The call returned. */
  readonly normal: ReadonlyMap<string, Kinds>;
  /** It returned a true value, or a tuple whose first item is true. */
  readonly truthy: ReadonlyMap<string, Kinds>;
  readonly falsy: ReadonlyMap<string, Kinds>;
  /** A middleware has called the next handler: proofs about fields of the request (`query.name`). */
  readonly going: ReadonlyMap<string, Kinds>;
}
