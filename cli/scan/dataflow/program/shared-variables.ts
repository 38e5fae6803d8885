import { type Abstract, deepTaints, holdsSource, tainted, unknown } from '../domain/abstract.ts';
import type { CellIndex } from '../domain/cell-index.ts';
import { limited } from '../domain/extent.ts';
import { join } from '../domain/join.ts';
import { same } from '../domain/same.ts';
import type { Scope } from '../domain/scope.ts';
import type { Origins } from '../domain/taint.ts';
import { concrete, maxEffects, tellsNothing } from '../summary/effect-values.ts';
import type { FunctionView } from '../view/function-view.ts';
import type { Readers } from './readers.ts';

/** Further up than this nobody is told what a function writes into a variable of its module. */
const maxTold = 2;

/** The variables that several functions share: those of modules, and those that closures capture. */
export class SharedVariables {
  readonly #cells: CellIndex;
  readonly #origins: Origins;
  readonly #readers: Readers;
  /** Values of the variables of modules, and what other functions put into them. */
  readonly #globals = new Map<number, Abstract>();

  constructor(cells: CellIndex, origins: Origins, readers: Readers) {
    this.#cells = cells;
    this.#origins = origins;
    this.#readers = readers;
  }

  /** What a variable that functions share holds, seen from one of them. */
  cellValue(scope: Scope, cell: number): Abstract {
    const owner = this.#cells.owner(cell);
    if (owner === scope.id) {
      scope.noteRead(cell);
      return scope.cells.get(cell) ?? unknown;
    }
    if (this.#cells.isModules(cell)) {
      this.#readers.noteValue('variable', cell);
      return this.#globals.get(cell) ?? unknown;
    }
    const literal = this.#cells.literal(cell);
    if (literal) return literal;
    return tainted(this.#origins.wholeCell(cell));
  }

  storeCell(frame: FunctionView, cell: number, value: Abstract): void {
    const number = frame.cellNumber(cell);
    // A variable that a method was called on is written back as it was.
    if (this.#cells.owner(number) !== frame.id && same(this.cellValue(frame.scope, number), value)) return;
    this.storeGlobalCell(frame, number, value);
  }

  #isInside(frame: FunctionView, owner: number): boolean {
    const { functions, firstFunc } = frame.linked.program;
    const first = firstFunc[frame.info.module] as number;
    let at = frame.func.outer;
    while (at >= 0) {
      if (first + at === owner) return true;
      at = functions[first + at]?.func.outer ?? -1;
    }
    return false;
  }

  storeGlobalCell(frame: FunctionView, cell: number, value: Abstract, depth = 0): void {
    if (this.#cells.owner(cell) === frame.id) {
      frame.writeCell(cell, value);
      return;
    }
    // A plain look that meets data of others is followed by one in full.
    if (frame.isPlain && holdsSource(value)) {
      frame.meetsSource = true;
      return;
    }
    const isModules = this.#cells.isModules(cell);
    if (isModules) {
      const own = concrete(value);
      this.#setGlobal(cell, join(this.#globals.get(cell) ?? own, own));
    }
    // What only the callers know is told to them: of a variable of the module those of the function that writes it, and
    // theirs, of another function's variable those that stand in that function.
    if (isModules ? depth >= maxTold : !this.#isInside(frame, this.#cells.owner(cell))) return;
    const taints = deepTaints(value);
    const isTold =
      taints.some(({ origin }) => origin.kind === 'param' || origin.kind === 'result') ||
      (!isModules && !tellsNothing(value));
    if (!isTold) return;
    const before = frame.outcome.cellEffects.get(cell);
    if (before || frame.outcome.cellEffects.size < maxEffects)
      frame.outcome.setCellEffect({
        cell,
        value: before ? join(before.value, limited(value)) : limited(value),
        depth: Math.min(depth, before?.depth ?? depth),
      });
  }

  /** Keeps what the variables of modules hold at the end of a function. */
  keep(frame: FunctionView): void {
    for (const [cell, value] of frame.scope.cells) {
      if (this.#cells.isModules(cell) && !(frame.isPlain && holdsSource(value)))
        this.#setGlobal(
          cell,
          this.#cells.hasOtherWriters(cell) ? join(this.#globals.get(cell) ?? value, value) : value,
        );
    }
  }

  #setGlobal(cell: number, value: Abstract): void {
    const before = this.#globals.get(cell);
    if (before && same(before, value)) return;
    this.#globals.set(cell, value);
    this.#readers.valueChanged('variable', cell);
  }
}
