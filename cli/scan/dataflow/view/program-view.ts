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
 * The analysis of a program, as the analysis of each function sees it: summaries of other functions, shared variables and
 * fields. Whatever is read here makes its reader analysed again when it changes, until the fixed point is reached.
 * `dataflow/program/program-analysis.ts` implements it.
 */
export interface ProgramView {
  readonly linked: Linked;
  readonly origins: Origins;
  readonly cells: CellIndex;
  readonly variables: VariablesView;
  readonly fields: FieldsView;
  readonly exports: ExportsView;
  /** Functions of which not everything is known, since a bound was reached. */
  readonly cuts: ReadonlySet<number>;
  /** Whether data of a kind of source can do harm anywhere, if a function reads it. */
  readonly isHarmful: (func: number, source: SourceKind) => boolean;
  /** Functions that send an answer. */
  readonly answering: ReadonlySet<number>;
  /** How much of what summaries say was put in terms of callers, of all calls together. */
  substituted: number;
  /** Functions whose parameters are tracked since callers from outside of the library pass them. */
  readonly libraryInputs: ReadonlySet<number>;

  apiOf(module: number): Api;
  /** Says that a bound was reached in a function. */
  cut(func: number): void;
  /** What a function does, as far as it is known yet. */
  summary(func: number): Summary | undefined;
  /** The variables of a function at the end of its last analysis. */
  scopeOf(func: number): Scope | undefined;
  /** The summary, for a caller that passes no untrusted data and only asks what is returned. */
  outline(func: number): Summary | undefined;
  /** What a function proves of its arguments, once it has returned. */
  proofs(func: number): Proofs | undefined;
  /** The summary, for a caller that passes what is, or may be, untrusted data for these parameters. */
  deepSummary(func: number, params: readonly number[]): Summary | undefined;
  /** Tracks these parameters of a function, which is analysed again if they are new. */
  demand(func: number, params: readonly number[]): void;
  isKnown(func: number): boolean;
  /** Untrusted data has reached a sink, in a function or in its callees. */
  found(func: number, sink: Sink, given: Taint): void;
  /** The regular expression that a shared variable holds, if it is written there. */
  pattern(cell: number): { readonly source: string; readonly flags: string } | undefined;
  /** Whether a shared variable is a folder with a separator at its end. */
  endsWithSeparator(cell: number): boolean;
  /** A function is created in another one, whose variables it may change from then on. */
  inner(frame: FunctionView, func: number): void;
  /** Analyses a function once more, apart from the fixed point: for one call, or to ask what is proven in it. */
  analyseApart(func: number, how: ApartAnalysis): { readonly view: FunctionView; readonly summary: Summary };
}

/** How a function is analysed apart from the fixed point. */
export interface ApartAnalysis {
  /** Only constants are tracked. */
  readonly isPlain: boolean;
  /** The parameters that are tracked; -1 is `this`. */
  readonly live: ReadonlySet<number>;
  /** What the parameters are. */
  readonly given?: readonly Abstract[];
  /** Keeps what is proven at each call. */
  readonly keepsCallFacts?: boolean;
}

/** What shared variables hold. */
export interface VariablesView {
  cellValue(scope: Scope, cell: number): Abstract;
  storeCell(frame: FunctionView, cell: number, value: Abstract): void;
  storeGlobalCell(frame: FunctionView, cell: number, value: Abstract, depth?: number): void;
}

/** A class, by its number, or a type of a library model (`s12`). */
export type Owner = number | string;

/** The fields of objects that several functions see. */
export interface FieldsView {
  /** Fields of classes themselves. */
  readonly statics: Map<number, Abstract>;
  /** Notes that something was stored in a value, if that is a parameter's, or `this`. */
  noteEffect(
    frame: FunctionView,
    into: Abstract,
    path: readonly string[],
    value: Abstract,
    isCallees?: boolean,
  ): void;
  /** A function that a library calls stores something in what it is passed: the state of a store. */
  noteHanded(func: number, effect: Effect, value: Abstract): void;
  /** What any method stored in a field of the class whose `this` a value is. */
  fieldValue(frame: FunctionView, object: Abstract, name: string): Abstract | undefined;
  sharedMember(owner: Owner, name: string): Abstract | undefined;
  storeShared(owner: Owner, name: string, value: Abstract): void;
  showTemplates(name: string, value: Abstract): void;
}

/** What modules export that no variable holds. */
export interface ExportsView {
  change(frame: FunctionView, specifier: string, name: string, after: Abstract): void;
  value(frame: FunctionView, specifier: string, name: string): Abstract | undefined;
}
