import type { Linked } from '../../callgraph/linked.ts';
import { languageAt } from '../../callgraph/program.ts';
import type { HostId } from '../../languages/language-id.ts';
import type { Api } from '../../models/api.ts';
import type { SourceKind } from '../../models/model.ts';
import { calledInside } from '../../semantics/call/promises.ts';
import { doubted } from '../../sinks/doubt.ts';
import { CellIndex } from '../domain/cell-index.ts';
import type { Scope } from '../domain/scope.ts';
import { type Origin, Origins, type Taint } from '../domain/taint.ts';
import { FunctionAnalysis } from '../function/function-analysis.ts';
import { noProofs } from '../function/proofs.ts';
import { concrete } from '../summary/effect-values.ts';
import { cellsParam, closesOver, sharesLive } from '../summary/live.ts';
import { provenCells } from '../summary/proven-cells.ts';
import { sameCells, sameOutline, sameProofs, sameSummary, usesCells } from '../summary/same-summary.ts';
import type { FunctionView } from '../view/function-view.ts';
import type { ApartAnalysis, ProgramView } from '../view/program-view.ts';
import type { Proofs, Sink, Summary } from '../view/summary.ts';
import { analysisOrder } from './analysis-order.ts';
import { followSinks, type Ways } from './follow-sinks.ts';
import { libraryInputs } from './library-inputs.ts';
import { Readers } from './readers.ts';
import { harmfulSources, isHandedSources, sinksOfFunctions } from './relevance.ts';
import { SharedExports } from './shared-exports.ts';
import { SharedFields } from './shared-fields.ts';
import { SharedVariables } from './shared-variables.ts';

/** Tainted data that arrives at a sink. */
export interface Hit {
  readonly sink: Sink;
  readonly taint: Taint;
}

/** Functions are looked at again when what they call or read has changed, in at most this many rounds. */
const maxRounds = 4;

/**
 * Goes through all functions of a program, callees first, and again where something that a function
 * depends on has changed, until nothing does (or the bound is reached, which `cuts` then says).
 *
 * Most functions never meet the data of others: they get a plain look, which finds the constants in them.
 * Where one meets some it is looked at in full, and so is each function that it hands some to: in that the
 * parameters are followed that are given some, or something that may be.
 */
export class ProgramAnalysis implements ProgramView {
  readonly linked: Linked;
  readonly origins: Origins = new Origins();
  readonly cells: CellIndex;
  readonly variables: SharedVariables;
  readonly fields: SharedFields;
  readonly exports: SharedExports;
  /** Functions of which not everything is known, as a bound was reached. */
  readonly cuts: Set<number> = new Set();
  /** Whether anything can be harmed by what a kind of source brings, where a function reads it. */
  isHarmful: (func: number, source: SourceKind) => boolean = () => true;
  /** Functions in which somebody is answered. */
  answering: ReadonlySet<number> = new Set();
  /** How much of what summaries say was put in terms of callers, of all calls together. */
  substituted = 0;
  /** Functions of which whoever calls them from outside passes what is followed. */
  libraryInputs: ReadonlySet<number> = new Set();
  readonly #apis: (language: HostId) => Api;
  readonly #publicModules: readonly number[];
  readonly #summaries: (Summary | undefined)[];
  readonly #hits: (Map<string, Hit> | undefined)[];
  readonly #ways: (Ways | undefined)[];
  /** Functions that are looked at in full. */
  readonly #isDeep: boolean[];
  /** The parameters that are followed in each function. */
  readonly #live: Set<number>[];
  readonly #running = new Set<number>();
  readonly #inspect: ((view: FunctionView) => void) | undefined;
  /** The last analysis of each function, for the rules that run after the fixed point. */
  readonly #last: (FunctionView | undefined)[] = [];
  readonly #readers: Readers;
  readonly #originKeys = new Map<Origin, number>();

  constructor(
    linked: Linked,
    apis: (language: HostId) => Api,
    publicModules: readonly number[],
    inspect?: (view: FunctionView) => void,
  ) {
    this.linked = linked;
    this.#publicModules = publicModules;
    this.#inspect = inspect;
    // Of full length from the start: what is filled in any order would be kept as a table of numbers.
    const { length } = linked.program.functions;
    this.#ways = new Array(length).fill(undefined);
    this.#summaries = new Array(length).fill(undefined);
    this.#hits = new Array(length).fill(undefined);
    this.#isDeep = linked.program.functions.map(({ id }) => isHandedSources(linked, apis, id));
    // What a library hands from one function to the next is followed in each of them.
    this.#live = linked.program.functions.map(({ id, func }) =>
      linked.handedTo(id).length > 0 ? new Set(func.params.keys()) : new Set(),
    );
    this.#readers = new Readers(linked.program.functions.length);
    this.#apis = apis;
    this.cells = new CellIndex(linked.program);
    this.variables = new SharedVariables(this.cells, this.origins, this.#readers);
    this.fields = new SharedFields(linked, this.cells, this.#readers);
    this.exports = new SharedExports(linked, this.#readers);
  }

  run(): readonly Hit[] {
    const { modules, bottomUp, callees } = analysisOrder(this.linked);
    const sinks = sinksOfFunctions(this.linked, this.#apis);
    this.isHarmful = harmfulSources(this.linked, sinks, callees);
    this.answering = new Set([...sinks].filter(([, kinds]) => kinds.has('leak')).map(([func]) => func));
    this.libraryInputs = libraryInputs(this.linked, this.#publicModules, sinks, callees);
    for (const func of this.libraryInputs)
      this.#demand(func, [...(this.linked.program.functions[func]?.func.params.keys() ?? [])]);
    // Variables of modules first: allow-lists, settings, clients.
    this.#readers.expectAll();
    for (const func of modules) {
      this.#readers.take(func);
      const { isPlain, meetsSource } = this.#analyse(func, true);
      if (isPlain && meetsSource) this.#readers.expect(func);
    }
    // In rounds from callees to callers, so that most functions are analysed once.
    for (let round = 0, isDone = false; !isDone; round++) {
      isDone = true;
      for (const func of bottomUp) {
        if (!this.#readers.take(func)) continue;
        if (round >= maxRounds) {
          this.cut(func);
          continue;
        }
        isDone = false;
        this.#analyse(func);
      }
    }
    followSinks(this, this.#ways, (func, sink, taint) => this.found(func, sink, taint));
    for (const view of this.#last) if (view) this.#inspect?.(view);
    this.#last.length = 0;
    return this.#hits.flatMap((hits) => [...(hits?.values() ?? [])]);
  }

  apiOf(module: number): Api {
    return this.#apis(languageAt(this.linked.program, module).host);
  }

  cut(func: number): void {
    this.cuts.add(func);
  }

  /** What a function does, as far as it is known yet. Whoever asks is told when that changes. */
  summary(func: number): Summary | undefined {
    this.#readers.note('summary', func);
    return this.#summaries[func];
  }

  /** The variables of a function as they were when it was looked at last. */
  scopeOf(func: number): Scope | undefined {
    this.#readers.note('summary', func);
    return this.#ways[func]?.scope;
  }

  /**
   * The same for who only wants to know what it returns to a caller that passes nothing of others. One that is not known
   * yet is taken for one of which nothing is known; who does something else then asks for its summary.
   */
  outline(func: number): Summary | undefined {
    this.#readers.note('outline', func);
    return this.#summaries[func];
  }

  /** What a function proves of what it is given, once it has come back. */
  proofs(func: number): Proofs | undefined {
    this.#readers.note('proofs', func);
    return this.#summaries[func]?.proofs;
  }

  /** The same for a caller that passes what is, or may be, data of others for these parameters. */
  deepSummary(func: number, params: readonly number[]): Summary | undefined {
    this.demand(func, params);
    return this.summary(func);
  }

  /** Has a function looked at in full, with what these parameters bring followed through it. */
  demand(func: number, params: readonly number[]): void {
    if (!this.#demand(func, params)) return;
    if (this.#running.has(func) || this.#running.size >= maxNested) {
      this.#readers.expect(func);
      return;
    }
    const reader = this.#readers.running;
    this.#readers.take(func);
    this.#analyse(func);
    this.#readers.start(reader);
  }

  #demand(func: number, params: readonly number[]): boolean {
    const live = this.#live[func] as Set<number>;
    const before = this.#isDeep[func] ? live.size : -1;
    this.#isDeep[func] = true;
    for (const param of params) live.add(param);
    // Each that comes is one more look: after some all count.
    if (live.size > before && live.size > maxGrowth)
      for (const param of this.linked.program.functions[func]?.func.params.keys() ?? []) live.add(param);
    return live.size > before;
  }

  isKnown(func: number): boolean {
    return this.#summaries[func] !== undefined;
  }

  /** Data of others has arrived at a sink, in a function or in what it calls. */
  found(func: number, sink: Sink, given: Taint): void {
    const taint = doubted(sink, given);
    const key = `${sink.kind} ${sink.func} ${sink.value} ${this.originKey(taint.origin)}`;
    let hits = this.#hits[func];
    if (!hits) {
      hits = new Map();
      this.#hits[func] = hits;
    }
    const before = hits.get(key);
    if (!before || (before.taint.weak && !taint.weak)) hits.set(key, { sink, taint });
  }

  originKey(origin: Origin): number {
    const known = this.#originKeys.get(origin);
    if (known !== undefined) return known;
    this.#originKeys.set(origin, this.#originKeys.size);
    return this.#originKeys.size - 1;
  }

  /** The regular expression that a shared variable holds, if it is written there. */
  pattern(cell: number): { readonly source: string; readonly flags: string } | undefined {
    return this.cells.pattern(cell);
  }

  /** Whether a shared variable is a folder with a separator at its end. */
  endsWithSeparator(cell: number): boolean {
    return this.cells.endsWithSeparator(cell);
  }

  /** A function is created in another one, whose variables it may change from then on. */
  inner(frame: FunctionView, func: number): void {
    frame.outcome.create(func, provenCells(frame));
    this.#readers.note('cells', func);
    for (const { cell, value } of this.#summaries[func]?.cells ?? [])
      this.variables.storeGlobalCell(frame, cell, concrete(value));
    for (const callback of this.#summaries[func]?.callbacks ?? []) calledInside(frame, func, callback);
  }

  analyseApart(
    func: number,
    { isPlain, live, given, keepsCallFacts = false }: ApartAnalysis,
  ): { readonly view: FunctionView; readonly summary: Summary } {
    const view = new FunctionAnalysis(this, func, isPlain, live, given);
    if (keepsCallFacts) view.callFacts = new Map();
    const summary = view.run();
    // Who asks afterwards asks about values, not about the place where the function ended.
    view.facts = undefined;
    return { view, summary };
  }

  /** @param isFirst a plain look will do, for now, though the function meets the data of others */
  #analyse(func: number, isFirst = false): FunctionAnalysis {
    this.#readers.start(func);
    this.#running.add(func);
    this.#hits[func]?.clear();
    let frame = new FunctionAnalysis(this, func, !this.#isDeep[func], this.#live[func] as Set<number>);
    frame.isWhole = isFirst;
    let summary = frame.run();
    if (frame.isInVain) {
      this.#demand(func, []);
      frame = new FunctionAnalysis(this, func, false, this.#live[func] as Set<number>);
      summary = frame.run();
    }
    const { sinks, sites, created } = frame.outcome;
    this.#ways[func] = { scope: frame.scope, sinks, sites, created };
    this.variables.keep(frame);
    this.exports.keep(frame);
    const before = this.#summaries[func];
    this.#summaries[func] = summary;
    if (!before || !sameSummary(before, summary)) this.#readers.changed('summary', func);
    if (!sameOutline(before, summary)) this.#readers.changed('outline', func);
    if (before ? !sameCells(before, summary) : usesCells(summary)) this.#readers.changed('cells', func);
    if (!sameProofs(before?.proofs ?? noProofs, summary.proofs)) this.#readers.changed('proofs', func);
    // What closes over the data of others is looked at when that is known.
    if (sharesLive(frame)) {
      for (const one of created.keys()) if (closesOver(this.linked, one)) this.demand(one, [cellsParam]);
    }
    this.#running.delete(func);
    if (this.#inspect) this.#last[func] = frame;
    return frame;
  }
}

/** Parameters of a function that are found to be live one after the other. */
const maxGrowth = 6;

/** Functions that need others looked at first are nested no deeper than this; after that they wait for the next round. */
const maxNested = 40;
