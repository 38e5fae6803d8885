import type { Linked } from '../../callgraph/linked.ts';
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
 * A function that reads something here is analysed again when it changes, until the fixed point is reached.
 * `dataflow/program/program-analysis.ts` implements it.
 */
export interface ProgramView {
  readonly linked: Linked;
  readonly origins: Origins;
  readonly cells: CellIndex;
  readonly variables: VariablesView;
  readonly fields: FieldsView;
  readonly exports: ExportsView;
  /** Functions whose results are incomplete, since a bound was reached. */
  readonly cuts: ReadonlySet<number>;
  /** Whether untrusted data of this kind could do harm anywhere, if this function reads it. */
  readonly isHarmful: (func: number, source: SourceKind) => boolean;
  /** Functions that send a response. */
  readonly answering: ReadonlySet<number>;
  /** The work of all substitutions of summaries at calls, for a bound. */
  substituted: number;
  /** Functions whose parameters are tracked because callers outside of the library pass them. */
  readonly libraryInputs: ReadonlySet<number>;

  apiOf(module: number): Api;
  /** Notes that a bound was reached in a function. */
  cut(func: number): void;
  /** The summary of a function, as far as it is known. */
  summary(func: number): Summary | undefined;
  /** The variables of a function at the end of its last analysis. */
  scopeOf(func: number): Scope | undefined;
  /** The summary from the constant pass: for a caller that passes no untrusted data and needs only the returned value. */
  outline(func: number): Summary | undefined;
  /** What a function proves about its arguments when it returns. */
  proofs(func: number): Proofs | undefined;
  /** The summary for a caller that passes data that is or may be untrusted for these parameters. */
  deepSummary(func: number, params: readonly number[]): Summary | undefined;
  /** Tracks these parameters of a function. It is analysed again if any of them is new. */
  demand(func: number, params: readonly number[]): void;
  isKnown(func: number): boolean;
  /** Reports that untrusted data reaches a sink, in this function or in a callee. */
  found(func: number, sink: Sink, given: Taint): void;
  /** The regular expression in a shared variable, if it is a literal. */
  pattern(cell: number): { readonly source: string; readonly flags: string } | undefined;
  /** Whether a shared variable holds a folder that ends with a separator. */
  endsWithSeparator(cell: number): boolean;
  /** Notes that one function creates another. From then on the inner one may change the outer one's variables. */
  inner(frame: FunctionView, func: number): void;
  /** Analyses a function once, apart from the fixed point: for one call, or to find what is proven in it. */
  analyseApart(func: number, how: ApartAnalysis): { readonly view: FunctionView; readonly summary: Summary };
  /** A function of which no value is known, for questions about its code alone. Nothing is analysed. */
  codeView(func: number): FunctionView;
}

/** How to analyse a function apart from the fixed point. */
export interface ApartAnalysis {
  /** Only constants are tracked. */
  readonly isConstantPass: boolean;
  /** The parameters that are tracked; -1 is `this`. */
  readonly demanded: ReadonlySet<number>;
  /** The arguments. */
  readonly callArguments?: readonly Abstract[];
  /** Keeps what is proven at each call. */
  readonly keepsCallFacts?: boolean;
}

/** The values of shared variables. */
export interface VariablesView {
  cellValue(scope: Scope, cell: number): Abstract;
  storeCell(frame: FunctionView, cell: number, value: Abstract): void;
  storeGlobalCell(frame: FunctionView, cell: number, value: Abstract, depth?: number): void;
}

/** What owns a field: a class, by its number, or a type of a library model (`s12`). */
export type Owner = number | string;

/** The fields of objects that several functions share. */
export interface FieldsView {
  /** The static fields, by class. */
  readonly statics: Map<number, Abstract>;
  /** Notes a store into a value, if it is a parameter or `this`. */
  noteEffect(
    frame: FunctionView,
    into: Abstract,
    path: readonly string[],
    value: Abstract,
    isCallees?: boolean,
  ): void;
  /** Notes a store into a parameter of a function that a library calls: the state of a store. */
  noteHandlerStore(func: number, effect: Effect, value: Abstract): void;
  /** What any method stores in this field, if the value is `this` of a class. */
  fieldValue(frame: FunctionView, object: Abstract, name: string): Abstract | undefined;
  sharedMember(owner: Owner, name: string): Abstract | undefined;
  storeShared(owner: Owner, name: string, value: Abstract): void;
  showTemplates(name: string, value: Abstract): void;
}

/** Values that modules export and that no variable holds. */
export interface ExportsView {
  change(frame: FunctionView, specifier: string, name: string, after: Abstract): void;
  value(frame: FunctionView, specifier: string, name: string): Abstract | undefined;
}
