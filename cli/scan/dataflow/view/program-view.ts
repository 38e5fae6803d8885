import type { Linked } from '../../callgraph/linked.ts';
import type { Inst } from '../../ir/ir.ts';
import type { Api } from '../../models/api.ts';
import type { SourceKind } from '../../models/model.ts';
import type { Abstract } from '../domain/abstract.ts';
import type { CellIndex } from '../domain/cell-index.ts';
import type { Scope } from '../domain/scope.ts';
import type { Origins, Taint } from '../domain/taint.ts';
import type { FunctionView } from './function-view.ts';
import type { Effect, Proofs, Sink, Summary } from './summary.ts';

/**
 * The analysis of a program, as the analysis of each function sees it: summaries of other functions, shared variables and fields.
 * Reads are recorded: a function is analysed again when something that it has read changes, until the fixed point.
 * `dataflow/program/program-analysis.ts` implements it.
 */
export interface ProgramView {
  readonly linked: Linked;
  readonly origins: Origins;
  readonly cells: CellIndex;
  readonly variables: VariablesView;
  readonly fields: FieldsView;
  readonly exports: ExportsView;
  /** The functions whose results may be incomplete, since a bound was reached. */
  readonly cuts: ReadonlySet<number>;
  /** Whether data of this kind of source may do harm if this function reads it. */
  readonly isHarmful: (func: number, source: SourceKind) => boolean;
  /** The functions that send a response. */
  readonly answering: ReadonlySet<number>;
  /** The work spent so far on substituting callers' values into summaries. It is compared with a bound. */
  substituted: number;
  /** The exported functions whose parameters are tracked, since users of the library may pass anything. */
  readonly libraryInputs: ReadonlySet<number>;

  /** The library models for the language of a module. */
  apiOf(module: number): Api;
  /** Records that a bound was reached in a function. */
  cut(func: number): void;
  /** The summary of a function so far. Undefined before its first analysis. */
  summary(func: number): Summary | undefined;
  /** The shared variables of a function at the end of its last analysis. */
  scopeOf(func: number): Scope | undefined;
  /** A function's summary, for a caller that passes no untrusted data and uses only the returned value. */
  outline(func: number): Summary | undefined;
  /** What is proven about a function's arguments once it has returned. */
  proofs(func: number): Proofs | undefined;
  /**
   * Tracks these parameters from now on, and returns the summary. For a caller whose arguments for them are untrusted,
   * or may be.
   */
  deepSummary(func: number, params: readonly number[]): Summary | undefined;
  /**
   * Tracks these parameters of a function from now on. The function is analysed again if one of them was not tracked.
   */
  demand(func: number, params: readonly number[]): void;
  /** Whether the function has been analysed at least once. */
  isKnown(func: number): boolean;
  /**
   * Reports that untrusted data reaches a sink. `func` is the function that passes the data to the sink, or to a callee that
   * does.
   */
  found(func: number, sink: Sink, given: Taint): void;
  /** The literal regular expression that a shared variable holds. Undefined for other variables. */
  pattern(cell: number): { readonly source: string; readonly flags: string } | undefined;
  /** Whether a shared variable holds the path of a folder, with a separator at its end. */
  endsWithSeparator(cell: number): boolean;
  /** Records that a function creates an inner function. Applies the inner function's writes to captured variables. */
  inner(frame: FunctionView, func: number): void;
  /** Analyses a function once, outside the fixed point: for one call, or to find out what is proven in it. */
  analyseApart(func: number, how: ApartAnalysis): { readonly view: FunctionView; readonly summary: Summary };
  /** A view of a function without any values, for queries on its code alone. Nothing is analysed. */
  codeView(func: number): FunctionView;
}

/** How to analyse a function outside the fixed point. */
export interface ApartAnalysis {
  /** Whether only constants are tracked. */
  readonly isConstantPass: boolean;
  /** The parameters that are tracked. -1 is `this`. */
  readonly demanded: ReadonlySet<number>;
  /** The arguments of the one call. */
  readonly callArguments?: readonly Abstract[];
  /** Whether the view keeps what is proven at each call, in `callFacts`. */
  readonly keepsCallFacts?: boolean;
}

/**
 * The values of shared variables. `cell` is a variable's number in the program, except for `storeCell`, which takes its
 * number in the module.
 */
export interface VariablesView {
  cellValue(scope: Scope, cell: number): Abstract;
  storeCell(frame: FunctionView, cell: number, value: Abstract, span?: Inst): void;
  storeGlobalCell(frame: FunctionView, cell: number, value: Abstract, depth?: number, span?: Inst): void;
}

/**
 * The owner of a shared field. A number is a class, a string is the name of another shared object, such as `s12` for a
 * library type.
 */
export type Owner = number | string;

/** The fields of objects that several functions share. */
export interface FieldsView {
  /** The static fields, by class. */
  readonly statics: Map<number, Abstract>;
  /** Records a store of `value` at `path` in the object `into`, if the object is a parameter or `this`. */
  noteEffect(
    frame: FunctionView,
    into: Abstract,
    path: readonly string[],
    value: Abstract,
    depth?: number,
  ): void;
  /**
   * Records that a callback stores untrusted data in an object that a library passes to it, or in its own `this`. An
   * example is a reducer that stores in `state`.
   */
  noteHandlerStore(func: number, effect: Effect, value: Abstract): void;
  /** The join of what all functions store in a field of a shared object, such as `this`. Undefined if nothing is known of it. */
  fieldValue(frame: FunctionView, object: Abstract, name: string): Abstract | undefined;
  /** The join of what all functions store in a member of a shared object. Undefined if nothing is stored. */
  sharedMember(owner: Owner, name: string): Abstract | undefined;
  /** Records a store into a member of a shared object. */
  storeShared(owner: Owner, name: string, value: Abstract): void;
  /** Adds a variable that all templates see. */
  showTemplates(name: string, value: Abstract): void;
}

/** The values of exports that no variable holds, such as `module.exports = { NAME }`. */
export interface ExportsView {
  /** Records that a method call changes an imported value. `after` is the value after the call. */
  change(frame: FunctionView, specifier: string, name: string, after: Abstract): void;
  /** The value of an import. Undefined if it is unknown. */
  value(frame: FunctionView, specifier: string, name: string): Abstract | undefined;
}
