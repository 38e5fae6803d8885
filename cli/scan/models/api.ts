import type { SinkId } from '../sinks/sink-kinds.ts';
import type { Conventions } from './conventions.ts';
import type { Condition, SourceKind } from './model.ts';
import type { Step } from './parse-path.ts';
import type { Trait } from './traits.ts';

/**
 * The models of one language, compiled to an automaton. A state stands for a library value: the package `pg`, its class `Client`,
 * an instance, its method `query`, the first argument of that method. Transitions lead from one state to the next. A value
 * carries the numbers of its states, so that following `x.query` or a call is a look-up.
 */
export interface Api {
  /** The states made so far, with their transitions, by number. Two languages never share a number. */
  readonly states: readonly State[];
  /** The states of each package (`pg`) and of each other type of the models (`pg.Client`), by its name. */
  readonly packages: StatesByName;
  /** The prefixes of dotted package names: `xml` and `xml.etree` for `xml.etree.ElementTree`. */
  readonly prefixes: ReadonlySet<string>;
  /** States by the names of variables that suggest a type, for values of unknown origin: `cursor`. */
  readonly guesses: StatesByName;
  readonly conventions: Conventions;
}

/**
 * The states of the models' automaton, by name. A state is made when it is first looked up, because a project uses few of
 * the libraries that have models.
 */
export interface StatesByName {
  readonly size: number;
  has(name: string): boolean;
  get(name: string): readonly number[] | undefined;
}

/**
 * A step on the path to a library's API, such as `pg`, `pg.Client` or `pg.Client.query`. A value that such a path leads to
 * is in this state. The models say what follows from that: whether it is a source, a sink, or makes values clean.
 */
export interface State {
  readonly id: number;
  /** The name of the state in messages, such as `pg.Client.query`. Code must use `type` and `traits` for decisions. */
  readonly name: string;
  /**
   * The type or package of the models that the state stands for, such as `pg.Client`. Undefined for a state that only a
   * path leads to, such as `pg.Client.query`.
   */
  readonly type: string | undefined;
  members: Map<string, number[]>;
  anyMember: number[];
  returns: number[];
  instance: number[];
  readonly args: ArgStep[];
  readonly params: ArgStep[];
  /** The sources that the models declare for values in this state. */
  readonly sources: { readonly kind: SourceKind; readonly when: Condition | undefined }[];
  readonly sinks: { readonly kind: SinkId; readonly when?: Condition }[];
  readonly clean: {
    readonly kinds: readonly SinkId[] | 'all' | 'tags' | 'double-quotes' | 'dn';
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
  /** The members of a value in this state are visible in all templates. */
  isSeenByTemplates: boolean;
  /** A value in this state is the same object in all functions, such as `flask.g`. */
  isShared: boolean;
  /** Named facts that the models declare of a value in this state. */
  traits: ReadonlySet<Trait>;
}

/**
 * Describes a call that renders a template: which argument is the template's name, and where the template's context comes
 * from.
 */
export interface TemplateCall {
  readonly name: Step;
  /**
   * The arguments that make up the context. `loads`: the call only loads the template, and returns an object that
   * renders it. `returns`: the call decorates a function that returns the context.
   */
  readonly context: TemplateContext | 'loads' | 'returns';
}

/** The arguments that make up the context of a template. */
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

/**
 * Whether an argument or parameter step covers an argument. The argument is given by its name if it has one, otherwise by
 * its position, where -1 is the receiver.
 */
export function isStepOf(step: ArgStep, position: number, name: string | null): boolean {
  if (position === -1) return step.self;
  if (name !== null) return step.names.includes(name) || step.names.includes('*');
  return step.indices.includes(position) || (step.from !== undefined && position >= step.from);
}

/** An argument or parameter step, wherever it leads. */
type Positions = Pick<ArgStep, 'indices' | 'names' | 'self'> & { readonly from?: number | undefined };

/** Whether two argument or parameter steps match the same positions and names. */
export function isSameStep(a: Positions, b: Positions): boolean {
  return a.from === b.from && a.self === b.self && isSame(a.indices, b.indices) && isSame(a.names, b.names);
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}
