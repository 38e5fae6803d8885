import type { BlockId, Func, Inst, ValueId } from '../ir/ir.ts';
import type { Linked } from '../link/linked.ts';
import type { FuncInfo } from '../link/program.ts';
import type { State } from '../model/api.ts';
import { type Abstract, holdsSource, isOfNobody, unknown } from './abstract.ts';
import type { CallSite, ProvenCells, Scope } from './call-site.ts';
import { canonicalValues } from './canonical.ts';
import type { Check } from './check.ts';
import { type ControlFlow, controlFlow } from './control-flow.ts';
import type { Engine } from './engine.ts';
import { evaluate } from './evaluate.ts';
import { add, type Facts } from './facts.ts';
import { join } from './join.ts';
import { Cells } from './live.ts';
import type { Return } from './proofs.ts';
import { proven } from './proven-values.ts';
import { same } from './same.ts';
import type { SinkUses } from './sink-uses.ts';
import { checkReturn } from './sinks.ts';
import { summarise } from './summarise.ts';

import type { Callback, CellEffect, Effect, Summary } from './summary.ts';
import { TakenWays } from './taken-ways.ts';
import { truthOf } from './truth.ts';
import { withRead } from './written-back.ts';

/** Loops are gone through until nothing changes, at most this often. */
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
export class Frame {
  readonly engine: Engine;
  readonly linked: Linked;
  readonly info: FuncInfo;
  readonly func: Func;
  readonly id: number;
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
  readonly mutated: Map<ValueId, Map<number, Abstract>> = new Map();
  /** Values of the cells that belong to this function. */
  readonly cells: Cells = new Cells();
  readonly scope: Scope;
  /** What is passed on to sinks, by where it comes from. */
  sinks: SinkUses = new Map();
  /** Calls of the project's own functions. */
  sites: CallSite[] = [];
  /** Functions that are created here, and see the variables of this one: what was proven of those by then. */
  created: Map<number, ProvenCells> = new Map();
  effects: Map<string, Effect> = new Map();
  cellEffects: Map<number, CellEffect> = new Map();
  callbacks: Callback[] = [];
  returned: Abstract | undefined;
  /** What is thrown here, or in what is called, and whether anything is caught. */
  thrown: Abstract | undefined;
  catches = false;
  /** The block that is gone through. */
  block: BlockId = 0;
  facts: Facts | undefined;
  /** How much was done to follow its calls. */
  work = 0;
  /** Set where a call never comes back: what stands behind it is not reached. */
  isStopped = false;
  readonly #returns: Return[] = [];
  #cellsChanged = false;
  #canonical: Int32Array | undefined;

  constructor(
    engine: Engine,
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
    this.scope = { id, cells: this.cells, read: new Set() };
    this.info = engine.linked.program.functions[id] as FuncInfo;
    this.func = this.info.func;
    this.flow = controlFlow(this.func);
    this.values = new Array(this.func.code.length);
  }

  run(): Summary {
    for (let pass = 0; pass < maxPasses; pass++) {
      this.#pass(pass);
      if (this.isInVain || (!this.#cellsChanged && !this.#loopsChange())) break;
    }
    for (const cell of this.isPlain ? this.cells.values() : []) this.meetsSource ||= holdsSource(cell);
    return summarise(this, this.#returns);
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
    const before = this.cells.get(cell);
    const after = before ? join(before, value) : value;
    if (before && same(before, after)) return;
    this.cells.set(cell, after);
    if (this.scope.read.has(cell)) this.#cellsChanged = true;
  }

  throws(value: Abstract): void {
    this.thrown = this.thrown ? join(this.thrown, value) : value;
  }

  /** A check that has passed from here on, as a call that throws otherwise has returned. */
  prove(checks: readonly Check[]): void {
    for (const { value, clean, half } of checks)
      this.facts = add(this.facts, this.canonical[value] as number, clean, half);
  }

  #pass(pass: number): void {
    if (pass > 0) this.#startAgain();
    for (const block of this.flow.order) {
      if (block !== 0 && !this.ways.reaches(block)) continue;
      this.block = block;
      this.facts = this.isPlain ? undefined : this.ways.factsAt(block);
      this.isStopped = false;
      this.#goThrough(block, pass);
      if (this.meetsSource && this.isInVain) return;
      if (!this.isPlain) this.ways.end(block, this.facts);
      if (!this.isStopped) this.#leave(block);
    }
  }

  /** Forgets what the last pass has found to come out of the function. */
  #startAgain(): void {
    this.sinks = new Map();
    this.sites = [];
    this.created = new Map();
    this.effects = new Map();
    this.cellEffects = new Map();
    this.callbacks = [];
    this.returned = undefined;
    this.#returns.length = 0;
    this.#cellsChanged = false;
    this.scope.read.clear();
  }

  #goThrough(block: BlockId, pass: number): void {
    const { code, preds } = this.func.blocks[block] as Func['blocks'][number];
    for (const value of code) {
      const inst = this.func.code[value] as Inst;
      let now: Abstract;
      if (inst.op === 'phi') {
        now = this.#phi(block, preds, inst.inputs);
        const before = this.values[value];
        if (before && this.flow.heads.has(block)) {
          now = join(before, now);
          if (pass > 0 && now.consts && !same(before, now))
            now = { ...now, consts: undefined, skeleton: undefined };
        }
      } else now = evaluate(this, value, inst);
      this.values[value] = now;
      if (this.isPlain && !this.meetsSource && now !== unknown && !madeOfOthers.has(inst.op))
        this.meetsSource = holdsSource(now);
      if (this.isStopped || (this.meetsSource && this.isInVain)) return;
    }
  }

  /** Whether another pass would start a loop with something else than the last one: all else follows from that. */
  #loopsChange(): boolean {
    for (const head of this.flow.heads) {
      if (!this.ways.reaches(head)) continue;
      const { code, preds } = this.func.blocks[head] as Func['blocks'][number];
      for (const value of code) {
        const inst = this.inst(value);
        if (inst.op !== 'phi') continue;
        const before = this.values[value];
        if (!before || !same(before, join(before, this.#phi(head, preds, inst.inputs)))) return true;
      }
    }
    return false;
  }

  #phi(block: BlockId, preds: readonly BlockId[], inputs: readonly ValueId[]): Abstract {
    let all: Abstract | undefined;
    for (let i = 0; i < preds.length; i++) {
      const pred = preds[i] as BlockId;
      const input = inputs[i];
      if (input === undefined || !this.ways.isTaken(pred, block)) continue;
      const it = this.values[input];
      const read = it && !this.isPlain ? withRead(this, it, input, inputs) : it;
      const value =
        read && !this.isPlain && !isOfNobody(read)
          ? proven(this, read, input, this.ways.factsOn(pred, block))
          : read;
      all = all && value ? join(all, value) : (value ?? all);
    }
    return all ?? unknown;
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
        this.returned = this.returned ? join(this.returned, value) : value;
        this.#returns.push({ value: end.value, facts: this.facts });
        if (!this.isPlain) checkReturn(this, value, end);
        return;
      }
      case 'throw':
        this.throws(this.use(end.value));
        return;
    }
  }
}
