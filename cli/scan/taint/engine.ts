import type { Linked } from '../link/linked.ts';
import type { Api } from '../model/api.ts';
import { analysisOrder } from './analysis-order.ts';
import { CellIndex } from './cell-index.ts';
import { concrete } from './effect-values.ts';
import { Frame } from './frame.ts';
import { Readers } from './readers.ts';
import { sameSummary } from './same-summary.ts';
import { SharedFields } from './shared-fields.ts';
import { SharedVariables } from './shared-variables.ts';
import { arriveThrough } from './sinks.ts';
import type { Sink, Summary } from './summary.ts';
import { type Origin, Origins, type Taint } from './taint.ts';

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
 */
export class Engine {
  readonly linked: Linked;
  readonly origins: Origins = new Origins();
  readonly cells: CellIndex;
  readonly variables: SharedVariables;
  readonly fields: SharedFields;
  /** Functions of which not everything is known, as a bound was reached. */
  readonly cuts: Set<number> = new Set();
  readonly #apis: (language: 'javascript' | 'python') => Api;
  readonly #summaries: (Summary | undefined)[] = [];
  readonly #hits: (Hit[] | undefined)[] = [];
  readonly #inspect: ((frame: Frame) => void) | undefined;
  #current = new Map<string, Hit>();
  readonly #readers: Readers;
  readonly #originKeys = new Map<Origin, number>();

  constructor(
    linked: Linked,
    apis: (language: 'javascript' | 'python') => Api,
    inspect?: (frame: Frame) => void,
  ) {
    this.linked = linked;
    this.#inspect = inspect;
    this.#readers = new Readers(linked.program.functions.length);
    this.#apis = apis;
    this.cells = new CellIndex(linked.program);
    this.variables = new SharedVariables(this.cells, this.origins, this.#readers);
    this.fields = new SharedFields(linked, this.cells, this.#readers);
  }

  run(): readonly Hit[] {
    const { modules, bottomUp } = analysisOrder(this.linked);
    // Variables of modules first: allow-lists, settings, clients.
    for (const func of modules) this.#analyse(func);
    this.#readers.expectAll();
    // In rounds from callees to callers, so that most functions are looked at once.
    for (let round = 0, isDone = false; !isDone; round++) {
      isDone = true;
      for (const func of bottomUp) {
        if (!this.#readers.take(func)) continue;
        if (round >= maxRounds) this.cut(func);
        else {
          this.#analyse(func);
          isDone = false;
        }
      }
    }
    return this.#hits.flatMap((hits) => hits ?? []);
  }

  apiOf(module: number): Api {
    return this.#apis(this.linked.program.modules[module]?.language === 'python' ? 'python' : 'javascript');
  }

  cut(func: number): void {
    this.cuts.add(func);
  }

  /** What a function does, as far as it is known yet. Whoever asks is told when that changes. */
  summary(func: number): Summary | undefined {
    this.#readers.note(`f${func}`);
    return this.#summaries[func];
  }

  isKnown(func: number): boolean {
    return this.#summaries[func] !== undefined;
  }

  found(sink: Sink, taint: Taint): void {
    const key = `${sink.kind} ${sink.func} ${sink.value} ${this.originKey(taint.origin)}`;
    const before = this.#current.get(key);
    if (!before || (before.taint.weak && !taint.weak)) this.#current.set(key, { sink, taint });
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

  /** A function is created in another one: what their variables hold reaches its sinks. */
  inner(frame: Frame, func: number): void {
    const summary = this.summary(func);
    if (!summary) return;
    const info = this.linked.program.functions[func];
    if (!info) return;
    for (const use of summary.sinks) {
      if (use.origin.kind !== 'cell') continue;
      let it = this.variables.cellValue(frame, use.origin.cell);
      for (const name of use.origin.path) it = frame.inside(it, name);
      const span = { ...frame.inst(0), at: info.func.at, end: info.func.at + 1 };
      arriveThrough(frame, span, `${info.func.name || 'a function'}()`, use, it);
    }
    for (const { cell, value } of summary.cells) this.variables.storeGlobalCell(frame, cell, concrete(value));
  }

  #analyse(func: number): void {
    this.#readers.start(func);
    this.#current = new Map();
    const frame = new Frame(this, func);
    const summary = frame.run();
    this.#hits[func] = [...this.#current.values()];
    this.#inspect?.(frame);
    this.variables.keep(frame);
    const before = this.#summaries[func];
    this.#summaries[func] = summary;
    if (!before || !sameSummary(before, summary)) this.#readers.changed(`f${func}`);
  }
}
