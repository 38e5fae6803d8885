import type { Linked } from '../../callgraph/linked.ts';
import { type FuncInfo, languageAt } from '../../callgraph/program.ts';
import type { BlockId, Func, Inst, ValueId } from '../../ir/ir.ts';
import { canonicalValues } from '../../ir/query/canonical.ts';
import { type ControlFlow, controlFlow } from '../../ir/query/control-flow.ts';
import type { Language } from '../../languages/language.ts';
import type { State } from '../../models/api.ts';
import { checkReturn } from '../../sinks/sinks.ts';
import { type Abstract, holdsSource, isOfNobody, unknown } from '../domain/abstract.ts';
import type { Check } from '../domain/check.ts';
import { add, type Facts } from '../domain/facts.ts';
import { join } from '../domain/join.ts';
import { same } from '../domain/same.ts';
import { Scope } from '../domain/scope.ts';
import { truthOf } from '../domain/truth.ts';
import type { FunctionView } from '../view/function-view.ts';
import { Outcome } from '../view/outcome.ts';
import type { ProgramView } from '../view/program-view.ts';
import type { Summary } from '../view/summary.ts';
import { evaluate } from './evaluate.ts';
import { Loops } from './loops.ts';
import { phiValue } from './phi-value.ts';
import { proven } from './proven-values.ts';
import { summarise } from './summarise.ts';
import { TakenWays } from './taken-ways.ts';

/** A component is gone through until its state does not change, at most this often. */
const maxPasses = 6;

/** What is made of other values of the function alone: it holds nothing of others that those do not. */
const madeOfOthers: ReadonlySet<Inst['op']> = new Set([
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

/** One function while it is looked at: what is known of each of its values, and what comes out of it. */
export class FunctionAnalysis implements FunctionView {
  readonly engine: ProgramView;
  readonly linked: Linked;
  readonly info: FuncInfo;
  readonly func: Func;
  readonly id: number;
  /** The language of its module. */
  readonly language: Language;
  /** States of library models that it is handed to. */
  readonly handed: readonly State[];
  /** Looks for constants alone, until it meets the data of others. */
  readonly isPlain: boolean;
  /** The parameters that are followed; see live.ts. */
  readonly live: ReadonlySet<number>;
  /** What its parameters are, where it is looked at for one call. */
  readonly given: readonly Abstract[] | undefined;
  /** Whether something in it is, holds or brings the data of others; set by plain looks alone. */
  meetsSource = false;
  /** A plain look that has met some goes on to its end: for what only such a look is for. */
  isWhole = false;
  readonly flow: ControlFlow;
  readonly ways: TakenWays = new TakenWays(this);
  readonly values: (Abstract | undefined)[];
  /** What calls did to what was passed to them, by call and argument. */
  mutated: Map<ValueId, Map<number, Abstract>> | undefined;
  /** With the values of the cells that belong to this function. */
  readonly scope: Scope;
  /** Variables that hold for its next run what they got in this one: the state of a component. */
  remembered: Set<number> | undefined;
  outcome: Outcome = new Outcome();
  /** What is thrown here, or in what is called, and whether anything is caught. */
  thrown: Abstract | undefined;
  catches = false;
  /** The block that is gone through. */
  block: BlockId = 0;
  facts: Facts | undefined;
  /** What was proven where each call stands; kept where somebody asks for it. */
  callFacts: Map<ValueId, Facts | undefined> | undefined;
  /** How much was done to follow its calls. */
  work = 0;
  /** Set where a call never comes back: what stands behind it is not reached. */
  isStopped = false;
  /** Whether one of the variables that it remembers has changed since it was read. */
  #remembersOther = false;
  readonly #loops: Loops = new Loops(this);
  #canonical: Int32Array | undefined;

  constructor(
    engine: ProgramView,
    id: number,
    isPlain: boolean,
    live: ReadonlySet<number>,
    given?: readonly Abstract[],
  ) {
    this.engine = engine;
    this.isPlain = isPlain;
    this.live = live;
    this.given = given;
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

  run(): Summary {
    for (let pass = 0; pass < maxPasses; pass++) {
      this.outcome = new Outcome();
      this.scope.startPass();
      this.#remembersOther = false;
      this.#goThroughAll();
      if (this.isInVain || !this.#remembersOther) break;
    }
    if (this.isPlain) for (const cell of this.scope.cells.values()) this.meetsSource ||= holdsSource(cell);
    return summarise(this);
  }

  /** It was to be a plain look, and the function needs one in full. */
  get isInVain(): boolean {
    return this.isPlain && this.meetsSource && !this.isWhole;
  }

  /** Whether it makes an object: a constructor, or what sets its fields. */
  get isConstructor(): boolean {
    return this.func.name === 'constructor' || this.func.name === '__init__';
  }

  /** For each value the first one that is the same thing. */
  get canonical(): Int32Array {
    this.#canonical ??= canonicalValues(this.func);
    return this.#canonical;
  }

  inst(value: ValueId): Inst {
    return this.func.code[value] as Inst;
  }

  /** What a value is where the analysis stands, with what was proven of it. */
  use(value: ValueId): Abstract {
    const it = this.values[value] ?? unknown;
    return this.facts ? proven(this, it, value, this.facts) : it;
  }

  /** The number of the module's own cell among all. */
  cellNumber(cell: number): number {
    return (this.linked.program.firstCell[this.info.module] as number) + cell;
  }

  writeCell(cell: number, value: Abstract): void {
    const before = this.scope.cells.get(cell);
    const after = before ? join(before, value) : value;
    if (before && same(before, after)) return;
    this.scope.write(cell, after);
    if (!this.scope.isRead(cell)) return;
    this.#loops.changed();
    if (this.remembered?.has(cell)) this.#remembersOther = true;
  }

  throws(value: Abstract): void {
    this.thrown = this.thrown ? join(this.thrown, value) : value;
  }

  /** A check that has passed from here on, as a call that throws otherwise has returned. */
  prove(checks: readonly Check[]): void {
    for (const { value, clean, half } of checks)
      this.facts = add(this.facts, this.canonical[value] as number, clean, half);
  }

  #goThroughAll(): void {
    const { order, position, heads, endingWith } = this.flow;
    let again: BlockId | undefined;
    for (let at = 0; at < order.length; at++) {
      const block = order[at] as BlockId;
      if (heads.has(block) && block !== again) this.#loops.enter();
      if (block === 0 || this.ways.reaches(block)) {
        this.block = block;
        this.facts = this.isPlain ? undefined : this.ways.factsAt(block);
        this.isStopped = false;
        this.#goThrough(block);
        if (this.meetsSource && this.isInVain) return;
        if (!this.isPlain) this.ways.end(block, this.facts);
        if (!this.isStopped) this.#leave(block);
      }
      again = endingWith.has(block) ? this.#loops.end(block) : undefined;
      if (again !== undefined) at = (position[again] as number) - 1;
    }
  }

  #goThrough(block: BlockId): void {
    const { code, preds } = this.func.blocks[block] as Func['blocks'][number];
    this.#loops.done += code.length;
    // A plain loop: each instruction of a program comes by here.
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
          if (now.consts && !same(before, now)) now = { ...now, consts: undefined, skeleton: undefined };
        }
      } else now = evaluate(this, value, inst);
      this.values[value] = now;
      if (this.isPlain && !this.meetsSource && !isOfNobody(now) && !madeOfOthers.has(inst.op))
        this.meetsSource = holdsSource(now);
      if (this.isStopped || (this.meetsSource && this.isInVain)) return;
    }
  }

  #leave(block: BlockId): void {
    const end = this.func.blocks[block]?.end;
    switch (end?.kind) {
      case 'jump':
        if (end.thrown !== undefined) this.throws(this.use(end.thrown));
        this.ways.take(block, end.to);
        return;
      case 'branch': {
        const truth = truthOf(this.values[end.test]);
        if (truth !== false) this.ways.take(block, end.then);
        if (truth !== true) this.ways.take(block, end.else);
        return;
      }
      case 'return': {
        const value = this.use(end.value);
        const { outcome } = this;
        outcome.returned = outcome.returned ? join(outcome.returned, value) : value;
        outcome.returns.push({ value: end.value, facts: this.facts });
        if (!this.isPlain) checkReturn(this, value, end);
        return;
      }
      case 'throw':
        this.throws(this.use(end.value));
        return;
    }
  }
}
