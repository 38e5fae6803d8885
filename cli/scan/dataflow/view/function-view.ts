import type { Linked } from '../../callgraph/linked.ts';
import type { FuncInfo } from '../../callgraph/program.ts';
import type { BlockId, Func, Inst, ValueId } from '../../ir/ir.ts';
import type { ControlFlow } from '../../ir/query/control-flow.ts';
import type { Language } from '../../languages/language.ts';
import type { State } from '../../models/api.ts';
import type { Abstract } from '../domain/abstract.ts';
import type { Check } from '../domain/check.ts';
import type { Facts } from '../domain/facts.ts';
import type { Scope } from '../domain/scope.ts';
import type { Outcome } from './outcome.ts';
import type { ProgramView } from './program-view.ts';

/**
 * The analysis of one function, as transfer functions, guards, sinks and rules see it: its code, what is known of each value so
 * far, and where effects are reported. `dataflow/function/function-analysis.ts` implements it.
 */
export interface FunctionView {
  readonly engine: ProgramView;
  readonly linked: Linked;
  readonly info: FuncInfo;
  readonly func: Func;
  /** The number of the function in the program. */
  readonly id: number;
  readonly language: Language;
  /** Types of library models that the function is passed to. */
  readonly handed: readonly State[];
  /** Only constants are tracked. The constant pass ends where it meets untrusted data. */
  readonly isConstantPass: boolean;
  /** The parameters that are tracked; see live.ts. */
  readonly demanded: ReadonlySet<number>;
  /** The arguments, if the function is analysed for one call. */
  readonly callArguments: readonly Abstract[] | undefined;
  /** Whether the constant pass has met untrusted data. */
  meetsSource: boolean;
  readonly flow: ControlFlow;
  readonly edges: ExecutableEdges;
  readonly values: readonly (Abstract | undefined)[];
  /** How calls have changed their arguments, by call and argument (-1: the receiver). */
  mutated: Map<ValueId, Map<number, Abstract>> | undefined;
  /** The values of the variables that this function declares. */
  readonly scope: Scope;
  /** Whether a captured variable is demanded, as far as is known. It is asked at each call, and variables only gain taints. */
  readonly captures: Captures;
  /** The tainted keys that values were looked up by; see looked-up-keys.ts. */
  lookups: Map<ValueId, LookedUp> | undefined;
  /** Variables that keep their value from one run to the next: the state of a component. */
  remembered: Set<number> | undefined;
  readonly outcome: Outcome;
  /** What is thrown here, or in a callee. */
  readonly thrown: Abstract | undefined;
  /** Whether the function catches any exception. */
  catches: boolean;
  /** The block that is being evaluated. */
  readonly block: BlockId;
  /** What is proven at the current instruction. */
  readonly facts: Facts | undefined;
  /** What was proven at each call; kept on request. */
  readonly callFacts: ReadonlyMap<ValueId, Facts | undefined> | undefined;
  /** The work spent on following calls, for bounds. */
  work: number;
  /** Set by a call that never returns: the code behind it is unreachable. */
  isStopped: boolean;
  /** The constant pass was not enough: the function is analysed again with taint tracking. */
  readonly needsTaintPass: boolean;
  /** Whether it is a constructor, which sets the fields of a new object. */
  readonly isConstructor: boolean;
  /** Each value's value number: the first value that is the same thing. */
  readonly valueNumbers: Int32Array;

  inst(value: ValueId): Inst;
  /** What a value is at the current instruction, with what is proven about it. */
  use(value: ValueId): Abstract;
  /** The number in the whole program of one of the module's variables. */
  cellNumber(cell: number): number;
  writeCell(cell: number, value: Abstract): void;
  throws(value: Abstract): void;
  /** Adds checks that hold from here on: a call has returned that throws if they fail. */
  prove(checks: readonly Check[]): void;
}

/** The last answer of `sharesDemanded`, and for how many demanded parameters it was computed. */
export interface Captures {
  params: number;
  isDemanded: boolean;
}

/** The key of a lookup, with what was proven about it there. */
export interface LookedUp {
  readonly key: ValueId;
  readonly it: Abstract;
  /** A check has restricted the key to names with a fixed prefix. */
  readonly isNamed: boolean;
}

/** The edges of a function's control flow that the analysis has found to be executable, and what is proven on each. */
export interface ExecutableEdges {
  isTaken(from: BlockId, to: BlockId): boolean;
  reaches(block: BlockId): boolean;
  /** What is proven at the end of a block. */
  factsBehind(block: BlockId): Facts | undefined;
  /** What is proven at the start of a block. */
  factsAt(block: BlockId): Facts | undefined;
  /** What is proven on the edge from one block to another. */
  factsOn(from: BlockId, to: BlockId): Facts | undefined;
  /** The same as a list of checks. */
  provenOn(from: BlockId, to: BlockId): Check[];
}
