import { maxComponentPasses } from '../../budgets/dataflow.ts';
import type { Linked } from '../../callgraph/linked.ts';
import { type FuncInfo, languageAt } from '../../callgraph/program.ts';
import type { BlockId, Func, Inst, ValueId } from '../../ir/ir.ts';
import { type ControlFlow, controlFlow } from '../../ir/query/control-flow.ts';
import { valueNumbersOf } from '../../ir/query/value-numbers.ts';
import type { Language } from '../../languages/language.ts';
import type { State } from '../../models/api.ts';
import { checkReturn } from '../../sinks/sinks.ts';
import { type Abstract, holdsSource, isUntainted, unknown } from '../domain/abstract.ts';
import type { Check } from '../domain/check.ts';
import { add, type Facts } from '../domain/facts.ts';
import { fieldNumber } from '../domain/field-numbers.ts';
import { join } from '../domain/join.ts';
import { same } from '../domain/same.ts';
import { Scope } from '../domain/scope.ts';
import { truthOf } from '../domain/truth.ts';
import type { Captures, FunctionView, LookedUp } from '../view/function-view.ts';
import { Outcome } from '../view/outcome.ts';
import type { ProgramView } from '../view/program-view.ts';
import type { Summary } from '../view/summary.ts';
import { EdgeAnalysis } from './edge-analysis.ts';
import { evaluate } from './evaluate.ts';
import { Loops } from './loops.ts';
import { phiValue } from './phi-value.ts';
import { proven } from './proven-values.ts';
import { summarise } from './summarise.ts';

/** Instructions that never bring in untrusted data: their result holds some only if an operand does. */
const derivedOps: ReadonlySet<Inst['op']> = new Set([
  'const',
  'regex',
  'func',
  'class',
  'list',
  'object',
  'text',
  'unary',
  'slice',
  'typed',
  'key',
  'phi',
  'cell-store',
]);

/** The analysis of one function. `run` computes the abstract value of each instruction, and returns the summary. */
export class FunctionAnalysis implements FunctionView {
  readonly engine: ProgramView;
  readonly linked: Linked;
  readonly info: FuncInfo;
  readonly func: Func;
  readonly id: number;
  readonly language: Language;
  /** The library types that call this function, for example as a handler, a callback or an override. */
  readonly handed: readonly State[];
  /** Whether this is the constant pass: it tracks constants only, and ends where it meets untrusted data. */
  readonly isConstantPass: boolean;
  /** The parameters that are tracked; see `cellsParam` in summary/demanded.ts. */
  readonly demanded: ReadonlySet<number>;
  /** The arguments, if the function is analysed for one call alone. Undefined otherwise. */
  readonly callArguments: readonly Abstract[] | undefined;
  /** Whether the constant pass has met a value that holds untrusted data. */
  meetsSource = false;
  /**
   * Whether the constant pass runs to its end. Otherwise it stops at untrusted data, since taint tracking then analyses the
   * function again.
   */
  runsToEnd = false;
  readonly flow: ControlFlow;
  readonly edges: EdgeAnalysis = new EdgeAnalysis(this);
  /** By instruction: its value. Undefined if it has not been evaluated. */
  readonly values: (Abstract | undefined)[];
  /** By call and argument (-1: the receiver): the argument's value after the call, if the call has changed it. */
  mutated: Map<ValueId, Map<number, Abstract>> | undefined;
  /** The values of the variables that this function declares and others use. */
  readonly scope: Scope;
  /** A cache for `sharesDemanded` in summary/demanded.ts. */
  readonly captures: Captures = { params: -1, isDemanded: false };
  /** By value: the tainted key that it was looked up by; see query/looked-up-keys.ts. */
  lookups: Map<ValueId, LookedUp> | undefined;
  /** Variables that keep their value from one call of the function to the next, such as the state of a component. */
  remembered: Set<number> | undefined;
  outcome: Outcome = new Outcome();
  /** The join of all values that this function or a callee throws. Undefined if there are none. */
  thrown: Abstract | undefined;
  /** Whether the function catches any exception. */
  catches = false;
  /** The block that is being evaluated. */
  block: BlockId = 0;
  /** The facts at the current instruction. Undefined if nothing is proven. */
  facts: Facts | undefined;
  /** By call: the facts there. Undefined unless they were requested. */
  callFacts: Map<ValueId, Facts | undefined> | undefined;
  /** The work spent so far on applying summaries. It is compared with a bound. */
  work = 0;
  /** Whether this block has evaluated a call that never returns: the rest of the block is unreachable. */
  isStopped = false;
  /** Whether a remembered variable has changed after it was read, so that another pass is needed. */
  #remembersOther = false;
  readonly #loops: Loops = new Loops(this);
  #valueNumbers: Int32Array | undefined;

  constructor(
    engine: ProgramView,
    id: number,
    isPlain: boolean,
    live: ReadonlySet<number>,
    given?: readonly Abstract[],
  ) {
    this.engine = engine;
    this.isConstantPass = isPlain;
    this.demanded = live;
    this.callArguments = given;
    this.linked = engine.linked;
    this.id = id;
    this.handed = engine.linked.handedTo(id);
    this.scope = new Scope(id);
    this.info = engine.linked.program.functions[id] as FuncInfo;
    this.func = this.info.func;
    this.language = languageAt(engine.linked.program, this.info.module);
    this.flow = controlFlow(this.func);
    this.values = new Array(this.func.code.length);
  }

  /** Analyses the function and returns its summary, which is of no use if `needsTaintPass` is true afterwards. */
  run(): Summary {
    for (let pass = 0; pass < maxComponentPasses; pass++) {
      this.outcome = new Outcome();
      this.scope.startPass();
      this.#remembersOther = false;
      this.#analyseBlocks();
      if (this.needsTaintPass || !this.#remembersOther) break;
    }
    if (this.isConstantPass)
      for (const cell of this.scope.cells.values()) this.meetsSource ||= holdsSource(cell);
    return summarise(this);
  }

  /** Whether the constant pass met untrusted data, so that the function is analysed again with taint tracking. */
  get needsTaintPass(): boolean {
    return this.isConstantPass && this.meetsSource && !this.runsToEnd;
  }

  /** Whether the function is a constructor, by its name. */
  get isConstructor(): boolean {
    return this.func.name === 'constructor' || this.func.name === '__init__';
  }

  /**
   * By value: its value number. This is the first value that is known to be the same, such as an earlier read of
   * `req.url`.
   */
  get valueNumbers(): Int32Array {
    this.#valueNumbers ??= valueNumbersOf(this.func);
    return this.#valueNumbers;
  }

  inst(value: ValueId): Inst {
    return this.func.code[value] as Inst;
  }

  /** The abstract value of an operand at the current instruction, sanitised for the kinds that the facts there prove. */
  use(value: ValueId): Abstract {
    const it = this.values[value] ?? unknown;
    return this.facts ? proven(this, it, value, this.facts) : it;
  }

  /** The number in the program of a shared variable, from its number in this module. */
  cellNumber(cell: number): number {
    return (this.linked.program.firstCell[this.info.module] as number) + cell;
  }

  /**
   * Joins a value to a variable that this function declares. If the variable changes after it was read, all loops
   * around the current block are evaluated again.
   */
  writeCell(cell: number, value: Abstract): void {
    const before = this.scope.cells.get(cell);
    const after = before ? join(before, value) : value;
    if (before && same(before, after)) return;
    this.scope.write(cell, after);
    if (!this.scope.isRead(cell)) return;
    this.#loops.changed();
    if (this.remembered?.has(cell)) this.#remembersOther = true;
  }

  /** Joins a value to those that this function throws. */
  throws(value: Abstract): void {
    this.thrown = this.thrown ? join(this.thrown, value) : value;
  }

  /** Adds checks that hold from here on, as after the return of a call that throws if they fail. */
  prove(checks: readonly Check[]): void {
    for (const { value, clean, conjunct, field } of checks) {
      const number = this.valueNumbers[value] as number;
      const proven = field === undefined ? number : fieldNumber(this.func, number, field);
      this.facts = add(this.facts, proven, clean, conjunct);
    }
  }

  #analyseBlocks(): void {
    const { order, position, heads, endingWith } = this.flow;
    let again: BlockId | undefined;
    for (let at = 0; at < order.length; at++) {
      const block = order[at] as BlockId;
      if (heads.has(block) && block !== again) this.#loops.enter();
      if (block === 0 || this.edges.reaches(block)) {
        this.block = block;
        this.facts = this.isConstantPass ? undefined : this.edges.factsAt(block);
        this.isStopped = false;
        this.#analyseBlock(block);
        if (this.meetsSource && this.needsTaintPass) return;
        if (!this.isConstantPass) this.edges.end(block, this.facts);
        if (!this.isStopped) this.#leave(block);
      }
      again = endingWith.has(block) ? this.#loops.end(block) : undefined;
      if (again !== undefined) at = (position[again] as number) - 1;
    }
  }

  #analyseBlock(block: BlockId): void {
    const { code, preds } = this.func.blocks[block] as Func['blocks'][number];
    this.#loops.done += code.length;
    // The innermost loop of the analysis: it handles every instruction of a program.
    for (let i = 0; i < code.length; i++) {
      const value = code[i] as ValueId;
      const inst = this.func.code[value] as Inst;
      if (this.callFacts && inst.op === 'call') this.callFacts.set(value, this.facts);
      let now: Abstract;
      if (inst.op === 'phi') {
        now = phiValue(this, block, preds, inst.inputs);
        const before = this.values[value];
        if (before && this.flow.heads.has(block)) {
          now = join(before, now);
          if (now.consts && !same(before, now)) now = { ...now, consts: undefined, textTemplate: undefined };
        }
      } else now = evaluate(this, value, inst);
      this.values[value] = now;
      if (this.isConstantPass && !this.meetsSource && !isUntainted(now) && !derivedOps.has(inst.op))
        this.meetsSource = holdsSource(now);
      if (this.isStopped || (this.meetsSource && this.needsTaintPass)) return;
    }
  }

  #leave(block: BlockId): void {
    const end = this.func.blocks[block]?.end;
    switch (end?.kind) {
      case 'jump':
        if (end.thrown !== undefined) this.throws(this.use(end.thrown));
        this.edges.take(block, end.to);
        return;
      case 'branch': {
        const truth = truthOf(this.values[end.test]);
        if (truth !== false) this.edges.take(block, end.then);
        if (truth !== true) this.edges.take(block, end.else);
        return;
      }
      case 'return': {
        const value = this.use(end.value);
        const { outcome } = this;
        outcome.returned = outcome.returned ? join(outcome.returned, value) : value;
        outcome.returns.push({ value: end.value, facts: this.facts });
        if (!this.isConstantPass) checkReturn(this, value, end);
        return;
      }
      case 'throw':
        this.throws(this.use(end.value));
        return;
    }
  }
}
