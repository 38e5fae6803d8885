import { maxAnalysisRounds, maxDemandedParams, maxNestedAnalyses } from '../../budgets/dataflow.ts';
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
import { cellsParam, closesOver, sharesDemanded } from '../summary/demanded.ts';
import { concrete } from '../summary/effect-values.ts';
import { provenCells } from '../summary/proven-cells.ts';
import { sameCells, sameOutline, sameProofs, sameSummary, usesCells } from '../summary/same-summary.ts';
import type { FunctionView } from '../view/function-view.ts';
import type { ApartAnalysis, ProgramView } from '../view/program-view.ts';
import type { Proofs, Sink, Summary } from '../view/summary.ts';
import { analysisOrder } from './analysis-order.ts';
import { followSinks, type SinkFlows } from './follow-sinks.ts';
import { libraryInputs } from './library-inputs.ts';
import { Readers } from './readers.ts';
import { harmfulSources, receivesSources, sinksOfFunctions } from './relevance.ts';
import { SharedExports } from './shared-exports.ts';
import { SharedFields } from './shared-fields.ts';
import { SharedVariables } from './shared-variables.ts';

/** A flow of untrusted data into a sink: the raw material of a finding. */
export interface Hit {
  readonly sink: Sink;
  readonly taint: Taint;
}

/**
 * The interprocedural fixed point: analyses all functions, callees first, and each again whenever something that it has read
 * changes. `cuts` lists the functions whose analysis a bound has cut short.
 * Most functions never meet untrusted data, so each starts with the constant pass. A function that meets some is analysed with
 * taint tracking, and so is each callee that it passes untrusted data to. Only the parameters that may receive it are tracked.
 */
export class ProgramAnalysis implements ProgramView {
  readonly linked: Linked;
  readonly origins: Origins = new Origins();
  readonly cells: CellIndex;
  readonly variables: SharedVariables;
  readonly fields: SharedFields;
  readonly exports: SharedExports;
  readonly cuts: Set<number> = new Set();
  isHarmful: (func: number, source: SourceKind) => boolean = () => true;
  answering: ReadonlySet<number> = new Set();
  substituted = 0;
  libraryInputs: ReadonlySet<number> = new Set();
  readonly #apis: (language: HostId) => Api;
  readonly #publicModules: readonly number[];
  readonly #summaries: (Summary | undefined)[];
  readonly #hits: (Map<string, Hit> | undefined)[];
  readonly #ways: (SinkFlows | undefined)[];
  /** By function: whether it is analysed with taint tracking, and not with the constant pass. */
  readonly #isDeep: boolean[];
  /** By function: the parameters that are tracked. */
  readonly #live: Set<number>[];
  /** The functions whose analysis has begun and not ended: several, if `demand` analyses a callee at once. */
  readonly #running = new Set<number>();
  readonly #inspect: ((view: FunctionView) => void) | undefined;
  /** The last analysis of each function, for the rules that run after the fixed point. */
  readonly #last: (FunctionView | undefined)[] = [];
  readonly #readers: Readers;
  readonly #originKeys = new Map<Origin, number>();

  /** @param inspect called with the last analysis of each function, after the fixed point */
  constructor(
    linked: Linked,
    apis: (language: HostId) => Api,
    publicModules: readonly number[],
    inspect?: (view: FunctionView) => void,
  ) {
    this.linked = linked;
    this.#publicModules = publicModules;
    this.#inspect = inspect;
    // Filled at full length: V8 would keep an array that is filled out of order as a hash table.
    const { length } = linked.program.functions;
    this.#ways = new Array(length).fill(undefined);
    this.#summaries = new Array(length).fill(undefined);
    this.#hits = new Array(length).fill(undefined);
    this.#isDeep = linked.program.functions.map(({ id }) => receivesSources(linked, apis, id));
    // Tracks all parameters of functions that a library calls, since it may pass what another function has stored.
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

  /** Runs to the fixed point and follows all flows into sinks. Returns the flows that start at a source. */
  run(): readonly Hit[] {
    const { modules, bottomUp, callees } = analysisOrder(this.linked);
    const sinks = sinksOfFunctions(this.linked, this.#apis);
    this.isHarmful = harmfulSources(this.linked, sinks, callees);
    this.answering = new Set([...sinks].filter(([, kinds]) => kinds.has('leak')).map(([func]) => func));
    this.libraryInputs = libraryInputs(this.linked, this.#publicModules, sinks, callees);
    for (const func of this.libraryInputs)
      this.#demand(func, [...(this.linked.program.functions[func]?.func.params.keys() ?? [])]);
    // Module variables first: allow-lists, settings, clients.
    this.#readers.expectAll();
    for (const func of modules) {
      this.#readers.take(func);
      const { isConstantPass: isPlain, meetsSource } = this.#analyse(func, true);
      if (isPlain && meetsSource) this.#readers.expect(func);
    }
    // In rounds from callees to callers, so that most functions are analysed once.
    for (let round = 0, isDone = false; !isDone; round++) {
      isDone = true;
      for (const func of bottomUp) {
        if (!this.#readers.take(func)) continue;
        if (round >= maxAnalysisRounds) {
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

  /**
   * The summary of a function so far. Undefined before its first analysis. The running function is analysed again when the summary
   * changes.
   */
  summary(func: number): Summary | undefined {
    this.#readers.note('summary', func);
    return this.#summaries[func];
  }

  scopeOf(func: number): Scope | undefined {
    this.#readers.note('summary', func);
    return this.#ways[func]?.scope;
  }

  /**
   * The summary of a function, for a caller that passes no untrusted data and uses only the returned value. The running function is
   * analysed again only when that part changes. Undefined before the function's first analysis.
   */
  outline(func: number): Summary | undefined {
    this.#readers.note('outline', func);
    return this.#summaries[func];
  }

  proofs(func: number): Proofs | undefined {
    this.#readers.note('proofs', func);
    return this.#summaries[func]?.proofs;
  }

  deepSummary(func: number, params: readonly number[]): Summary | undefined {
    this.demand(func, params);
    return this.summary(func);
  }

  /**
   * Tracks these parameters of a function from now on. If any is new, the function is analysed at once, or later if its analysis is
   * running or analyses are nested too deeply.
   */
  demand(func: number, params: readonly number[]): void {
    if (!this.#demand(func, params)) return;
    if (this.#running.has(func) || this.#running.size >= maxNestedAnalyses) {
      this.#readers.expect(func);
      return;
    }
    const reader = this.#readers.running;
    this.#readers.take(func);
    this.#analyse(func);
    this.#readers.start(reader);
  }

  /** Returns whether the function must be analysed again: a parameter is new, or the function had no taint tracking. */
  #demand(func: number, params: readonly number[]): boolean {
    const live = this.#live[func] as Set<number>;
    const before = this.#isDeep[func] ? live.size : -1;
    this.#isDeep[func] = true;
    for (const param of params) live.add(param);
    // Each new parameter costs one more analysis: past this bound all are tracked at once.
    if (live.size > before && live.size > maxDemandedParams)
      for (const param of this.linked.program.functions[func]?.func.params.keys() ?? []) live.add(param);
    return live.size > before;
  }

  isKnown(func: number): boolean {
    return this.#summaries[func] !== undefined;
  }

  /** Records a hit. Of the hits in `func` with the same sink and origin, prefers the first that is not weak. */
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

  /** A number that identifies an origin in this analysis. */
  originKey(origin: Origin): number {
    const known = this.#originKeys.get(origin);
    if (known !== undefined) return known;
    this.#originKeys.set(origin, this.#originKeys.size);
    return this.#originKeys.size - 1;
  }

  pattern(cell: number): { readonly source: string; readonly flags: string } | undefined {
    return this.cells.pattern(cell);
  }

  endsWithSeparator(cell: number): boolean {
    return this.cells.endsWithSeparator(cell);
  }

  inner(frame: FunctionView, func: number): void {
    frame.outcome.create(func, provenCells(frame));
    this.#readers.note('cells', func);
    for (const { cell, value } of this.#summaries[func]?.cells ?? [])
      this.variables.storeGlobalCell(frame, cell, concrete(value));
    for (const callback of this.#summaries[func]?.callbacks ?? []) calledInside(frame, func, callback);
  }

  analyseApart(
    func: number,
    { isConstantPass: isPlain, demanded: live, callArguments: given, keepsCallFacts = false }: ApartAnalysis,
  ): { readonly view: FunctionView; readonly summary: Summary } {
    const view = new FunctionAnalysis(this, func, isPlain, live, given);
    if (keepsCallFacts) view.callFacts = new Map();
    const summary = view.run();
    // Later queries are about values, not about the place where the function ended.
    view.facts = undefined;
    return { view, summary };
  }

  codeView(func: number): FunctionView {
    return new FunctionAnalysis(this, func, true, nothingTracked);
  }

  /**
   * Analyses a function, keeps the results, and puts the readers of each changed result on the worklist.
   * @param isFirst whether the constant pass runs to its end, even if it meets untrusted data
   */
  #analyse(func: number, isFirst = false): FunctionAnalysis {
    this.#readers.start(func);
    this.#running.add(func);
    this.#hits[func]?.clear();
    let frame = new FunctionAnalysis(this, func, !this.#isDeep[func], this.#live[func] as Set<number>);
    frame.runsToEnd = isFirst;
    let summary = frame.run();
    if (frame.needsTaintPass) {
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
    // A closure over tainted variables is analysed once their values are known.
    if (sharesDemanded(frame)) {
      for (const one of created.keys()) if (closesOver(this.linked, one)) this.demand(one, [cellsParam]);
    }
    this.#running.delete(func);
    if (this.#inspect) this.#last[func] = frame;
    return frame;
  }
}

const nothingTracked: ReadonlySet<number> = new Set();
