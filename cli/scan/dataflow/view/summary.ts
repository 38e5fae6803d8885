import type { SinkId } from '../../sinks/sink-kinds.ts';
import type { Abstract } from '../domain/abstract.ts';
import type { Kinds } from '../domain/kinds.ts';
import type { Origin, Trace } from '../domain/taint.ts';

/**
 * What callers need to know of a function's result and effects. The sinks that its parameters reach are kept elsewhere, for
 * `followSinks`.
 */
export interface Summary {
  /** Undefined if the function never returns. */
  readonly returns: Abstract | undefined;
  readonly effects: readonly Effect[];
  readonly cells: readonly CellEffect[];
  readonly callbacks: readonly Callback[];
  readonly proofs: Proofs;
  /** The join of what it throws. Undefined if it throws nothing, or catches all exceptions itself. */
  readonly throws: Abstract | undefined;
  /** Whether it returns or throws untrusted data, stores some in its arguments, or passes some to a callback. */
  readonly bringsSource: boolean;
  /** Whether it has no effects, calls no argument, and returns and throws nothing that is tainted, not even a parameter. */
  readonly isInert: boolean;
}

/**
 * A flow from an origin into a sink, in a function or in its callees. `exact`, `clean`, `weak` and `trace` mean the same as
 * in `Taint`.
 */
export interface SinkUse {
  /** Where the value that reaches the sink comes from: a parameter, a captured variable or a callback's result, never a source. */
  readonly origin: Origin;
  readonly exact: boolean;
  readonly clean: Kinds;
  readonly weak: boolean;
  readonly sink: Sink;
  readonly trace: Trace | undefined;
}

/** A place that untrusted data must not reach. */
export interface Sink {
  readonly kind: SinkId;
  readonly func: number;
  readonly value: number;
  readonly at: number;
  readonly end: number;
  /** The name for messages: `pg.Client.query`. */
  readonly what: string;
  /** Whether the sink was recognised only by its name. */
  readonly guess: boolean;
  /**
   * Whether a string does harm here, although in other sinks of its kind only an object does. An example is an
   * untrusted field name in a mass assignment.
   */
  readonly takesText?: true;
  /**
   * Whether it is unknown if the model's condition for the sink holds. An example is `res.setHeader(name, value)` with
   * an unknown `name`, because only some headers are sinks.
   */
  readonly isUnsure?: true;
  /** Whether the sink is a request that follows no redirects. */
  readonly isDirect?: true;
}

/** A store into a parameter (-1: `this`). With an empty path, the value is added as an element. */
export interface Effect {
  readonly param: number;
  readonly path: readonly string[];
  readonly value: Abstract;
  /** The number of calls between the function and the store: 0 for its own store. */
  readonly depth: number;
}

/** A write to a variable of an enclosing function or of the module. */
export interface CellEffect {
  readonly cell: number;
  readonly value: Abstract;
  /** The number of calls between the function and the write: 0 for its own write. */
  readonly depth: number;
}

/** A call of a parameter or a captured variable as a function. Only the callers know which function it is. */
export interface Callback {
  readonly call: number;
  /** The parameter that is called. -1 if the callee is a captured variable: see `cell`. */
  readonly param: number;
  readonly cell?: number;
  readonly args: readonly Abstract[];
}

/**
 * What a call proves of its arguments, depending on its result. A key is a parameter (`0`) or a field of a parameter
 * (`0.url`). Its value is the kinds of sinks that the argument is then sanitised for.
 */
export interface Proofs {
  /** Proven if the call returns, whatever the result is. */
  readonly normal: ReadonlyMap<string, Kinds>;
  /** Proven if the call returns a true value, or a list or tuple whose first item is true. */
  readonly truthy: ReadonlyMap<string, Kinds>;
  /** Proven if the call returns a false value, or a list or tuple whose first item is false. */
  readonly falsy: ReadonlyMap<string, Kinds>;
  /** Proven if a middleware calls the next handler. The keys are access paths in the request, such as `query.name`. */
  readonly going: ReadonlyMap<string, Kinds>;
}
