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
 * The analysis of one function, as transfer functions, guards, sinks and rules see it: the code, the values computed so far, and
 * the outcome that effects are added to. `dataflow/function/function-analysis.ts` implements it.
 */
export interface FunctionView {
  readonly engine: ProgramView;
  readonly linked: Linked;
  readonly info: FuncInfo;
  readonly func: Func;
  /** The number of the function in the program. */
  readonly id: number;
  readonly language: Language;
  /** The library types that call this function, for example as a handler, a callback or an override. */
  readonly handed: readonly State[];
  /** Whether this is the constant pass: it tracks constants only, and ends where it meets untrusted data. */
  readonly isConstantPass: boolean;
  /** The parameters that are tracked; see `cellsParam` in summary/demanded.ts. */
  readonly demanded: ReadonlySet<number>;
  /** The arguments of the call, if the function is analysed for a single call. Undefined otherwise. */
  readonly callArguments: readonly Abstract[] | undefined;
  /** Whether the constant pass has met untrusted data. */
  meetsSource: boolean;
  readonly flow: ControlFlow;
  readonly edges: ExecutableEdges;
  /** By instruction: its value. Undefined if it has not been evaluated. */
  readonly values: readonly (Abstract | undefined)[];
  /** By call and argument (-1: the receiver): the argument's value after the call, if the call has changed it. */
  mutated: Map<ValueId, Map<number, Abstract>> | undefined;
  /** The values of the variables that this function shares with others. */
  readonly scope: Scope;
  /** The cache of `sharesDemanded`, which is queried at every call. Once its result is true, it stays true. */
  readonly captures: Captures;
  /** By value that was read with a tainted key, as in `table[name]`: the key. See query/looked-up-keys.ts. */
  lookups: Map<ValueId, LookedUp> | undefined;
  /** Variables that keep their value from one run of the function to the next, such as the state of a component. */
  remembered: Set<number> | undefined;
  readonly outcome: Outcome;
  /** The join of all values that this function or a callee throws. Undefined if there are none. */
  readonly thrown: Abstract | undefined;
  /** Whether the function catches any exception. */
  catches: boolean;
  /** The block that is being evaluated. */
  readonly block: BlockId;
  /** What is proven at the current instruction. Undefined if nothing is. */
  readonly facts: Facts | undefined;
  /** By call: what is proven before it. Undefined unless `keepsCallFacts` was set for the analysis. */
  readonly callFacts: ReadonlyMap<ValueId, Facts | undefined> | undefined;
  /** The work spent so far on applying summaries. It is compared with a bound. */
  work: number;
  /** Set by a call that never returns: the rest of the block is unreachable. */
  isStopped: boolean;
  /** Whether the constant pass has met untrusted data, so that the function must be analysed again with taint tracking. */
  readonly needsTaintPass: boolean;
  /** Whether this function is a constructor. */
  readonly isConstructor: boolean;
  /**
   * By value: its value number. This is the first of the values that are known to be the same, such as two reads of
   * `req.query.url`.
   */
  readonly valueNumbers: Int32Array;

  inst(value: ValueId): Inst;
  /** The abstract value of `value`, refined by what is proven about it at the current instruction. */
  use(value: ValueId): Abstract;
  /** Converts a variable's number in its module to its number in the program. */
  cellNumber(cell: number): number;
  /** Joins a value to a variable that this function declares. */
  writeCell(cell: number, value: Abstract): void;
  /** Joins a value to the values that this function throws. */
  throws(value: Abstract): void;
  /** Adds checks that hold after the current instruction. An example is a call that throws if a check fails. */
  prove(checks: readonly Check[]): void;
}

/** The last result of `sharesDemanded`, and the number of demanded parameters for which it was computed. */
export interface Captures {
  params: number;
  isDemanded: boolean;
}

/** The tainted key of a lookup. `it` is the key's abstract value at the lookup. */
export interface LookedUp {
  readonly key: ValueId;
  readonly it: Abstract;
  /** Whether a check has restricted the key to names with a fixed prefix or suffix. */
  readonly isNamed: boolean;
}

/** The executable edges of a function, and what is proven on each. Facts are undefined where nothing is proven. */
export interface ExecutableEdges {
  isTaken(from: BlockId, to: BlockId): boolean;
  /** Whether any executable edge leads to the block. */
  reaches(block: BlockId): boolean;
  /** What is proven at the end of a block. */
  factsBehind(block: BlockId): Facts | undefined;
  /** What is proven at the start of a block. */
  factsAt(block: BlockId): Facts | undefined;
  /** What is proven on the edge from one block to another. */
  factsOn(from: BlockId, to: BlockId): Facts | undefined;
  /** The facts on the edge, as a list of checks. */
  provenOn(from: BlockId, to: BlockId): Check[];
}
