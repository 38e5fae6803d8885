import type { SinkId } from '../sinks/sink-kinds.ts';
import type { Conventions } from './conventions.ts';
import type { Condition, SourceKind } from './model.ts';
import type { Step } from './parse-path.ts';
import type { Trait } from './traits.ts';

/**
 * The models of one language as a graph: a state is what a value of a library can be (`pg`, its class
 * `Client`, an instance, its method `query`, that method's first argument), and steps lead from one to the
 * next. A value carries the numbers of its states; following `x.query` or a call is a look-up.
 */
export interface Api {
  /** Those that have been asked for so far, with all that they lead to, by their numbers: no two languages share one. */
  readonly states: readonly State[];
  /** The states of a package (`pg`) or of another type of the models, or none. */
  readonly packages: StatesByName;
  /** The beginnings of packages with dots: `xml` and `xml.etree` of `xml.etree.ElementTree`. */
  readonly prefixes: ReadonlySet<string>;
  /** States of values of which only the name is known. */
  readonly guesses: StatesByName;
  readonly conventions: Conventions;
}

/** States by a name. What a project does not name is not made: most models are of libraries that it does not use. */
export interface StatesByName {
  readonly size: number;
  has(name: string): boolean;
  get(name: string): readonly number[] | undefined;
}

export interface State {
  readonly id: number;
  /** `pg.Client.query`, for messages. No code decides by it: that is what `type` and `traits` are for. */
  readonly name: string;
  /** The type or package of the models that it is the state of, as `pg.Client`. Undefined for what only a path leads to. */
  readonly type: string | undefined;
  members: Map<string, number[]>;
  anyMember: number[];
  returns: number[];
  instance: number[];
  readonly args: ArgStep[];
  readonly params: ArgStep[];
  /** What the models say of a value in this state. */
  readonly sources: { readonly kind: SourceKind; readonly when: Condition | undefined }[];
  readonly sinks: { readonly kind: SinkId; readonly when?: Condition }[];
  readonly clean: {
    readonly kinds: readonly SinkId[] | 'all' | 'tags' | 'dn';
    readonly when: Condition | undefined;
  }[];
  readonly guards: (readonly SinkId[] | 'all')[];
  readonly summaries: {
    readonly from: readonly Step[];
    readonly to: readonly Step[];
    readonly whole: boolean;
    readonly doubtful: boolean;
    readonly when: Condition | undefined;
  }[];
  readonly templates: TemplateCall[];
  /** All templates see the members of a value in this state. */
  isSeenByTemplates: boolean;
  /** It is the same object in all functions. */
  isShared: boolean;
  /** Named facts that the models declare of a value in this state. */
  traits: ReadonlySet<Trait>;
}

/** How a function that renders templates is called. */
export interface TemplateCall {
  readonly name: Step;
  /** With `loads` it returns what renders; with `returns` what it decorates returns the context. */
  readonly context: TemplateContext | 'loads' | 'returns';
}

/** The arguments that make up what a template is given. */
export interface TemplateContext {
  readonly positional: readonly Step[];
  readonly keywords: boolean;
}

export interface ArgStep {
  readonly indices: readonly number[];
  /** All positions from this one on. */
  readonly from: number | undefined;
  readonly names: readonly string[];
  readonly self: boolean;
  to: number[];
}

/** Whether an argument or parameter step is of this position or name. Position -1 is the receiver. */
export function isStepOf(step: ArgStep, position: number, name: string | null): boolean {
  if (position === -1) return step.self;
  if (name !== null) return step.names.includes(name) || step.names.includes('*');
  return step.indices.includes(position) || (step.from !== undefined && position >= step.from);
}

/** An argument or parameter step, wherever it leads. */
type Positions = Pick<ArgStep, 'indices' | 'names' | 'self'> & { readonly from?: number | undefined };

/** Whether two argument or parameter steps are of the same positions and names. */
export function isSameStep(a: Positions, b: Positions): boolean {
  return a.from === b.from && a.self === b.self && isSame(a.indices, b.indices) && isSame(a.names, b.names);
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}
