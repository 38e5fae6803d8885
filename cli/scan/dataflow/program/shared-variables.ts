import { maxEffects, maxModuleWriteDepth } from '../../budgets/dataflow.ts';
import type { Inst } from '../../ir/ir.ts';
import { type Abstract, deepTaints, holdsSource, mapTaints, tainted, unknown } from '../domain/abstract.ts';
import type { CellIndex } from '../domain/cell-index.ts';
import { limited } from '../domain/extent.ts';
import { join } from '../domain/join.ts';
import { same } from '../domain/same.ts';
import type { Scope } from '../domain/scope.ts';
import { type Origins, step } from '../domain/taint.ts';
import { concrete, isUnknown } from '../summary/effect-values.ts';
import type { FunctionView } from '../view/function-view.ts';
import type { Readers } from './readers.ts';

/** The values of the variables that several functions share: module variables, and those that closures capture. */
export class SharedVariables {
  readonly #cells: CellIndex;
  readonly #origins: Origins;
  readonly #readers: Readers;
  /** By number of a module variable: the join of the values that all functions write to it. */
  readonly #globals = new Map<number, Abstract>();

  constructor(cells: CellIndex, origins: Origins, readers: Readers) {
    this.#cells = cells;
    this.#origins = origins;
    this.#readers = readers;
  }

  /**
   * The value of a shared variable, as the function with this scope sees it. A captured variable that holds no literal is symbolic:
   * it has the taint of a cell, which is resolved in the function that declares it.
   * @param cell the variable's number in the program
   */
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

  /**
   * Stores a value in a shared variable. Does nothing if another function declares it and it already has that value.
   * @param cell the variable's number in its module
   * @param span the instruction that stores it
   */
  storeCell(frame: FunctionView, cell: number, value: Abstract, span?: Inst): void {
    const number = frame.cellNumber(cell);
    // After a method call the variable is written back; this one is unchanged.
    if (this.#cells.owner(number) !== frame.id && same(this.cellValue(frame.scope, number), value)) return;
    this.storeGlobalCell(frame, number, value, 0, span);
  }

  /** Whether the function of `frame` is nested in `owner`, at any depth. */
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

  /**
   * Stores a value in a shared variable. If the value depends on the callers, or the variable is a captured one, the write becomes
   * an effect in the summary.
   * @param cell the variable's number in the program
   * @param depth the number of calls between this function and the write
   * @param span the instruction that writes it, or the call
   */
  storeGlobalCell(frame: FunctionView, cell: number, value: Abstract, depth = 0, span?: Inst): void {
    if (this.#cells.owner(cell) === frame.id) {
      frame.writeCell(cell, value);
      return;
    }
    // Taint tracking follows the constant pass, and stores it then.
    if (frame.isConstantPass && holdsSource(value)) {
      frame.meetsSource = true;
      return;
    }
    const isModules = this.#cells.isModules(cell);
    if (isModules) {
      const own = span ? this.#stored(frame, cell, concrete(value), span) : concrete(value);
      this.#setGlobal(cell, join(this.#globals.get(cell) ?? own, own));
    }
    // The write becomes part of the summary where only callers know the value. For a module variable, these are the writer's
    // callers and their callers. For a captured variable, they are the functions inside the variable's owner.
    if (isModules ? depth >= maxModuleWriteDepth : !this.#isInside(frame, this.#cells.owner(cell))) return;
    const taints = deepTaints(value);
    const isTold =
      taints.some(({ origin }) => origin.kind === 'param' || origin.kind === 'result') ||
      (!isModules && !isUnknown(value));
    if (!isTold) return;
    const before = frame.outcome.cellEffects.get(cell);
    if (before || frame.outcome.cellEffects.size < maxEffects)
      frame.outcome.setCellEffect({
        cell,
        value: before ? join(before.value, limited(value)) : limited(value),
        depth: Math.min(depth, before?.depth ?? depth),
      });
  }

  /** Stores what a function has written to the module variables that it declares, for other functions to read. */
  keep(frame: FunctionView): void {
    for (const [cell, value] of frame.scope.cells) {
      if (this.#cells.isModules(cell) && !(frame.isConstantPass && holdsSource(value)))
        this.#setGlobal(
          cell,
          this.#cells.hasOtherWriters(cell) ? join(this.#globals.get(cell) ?? value, value) : value,
        );
    }
  }

  /**
   * A copy of a value that is stored in a variable. The store is added as the last step to the paths of the value's
   * untrusted data. Unchanged if the value holds none.
   */
  #stored(frame: FunctionView, cell: number, value: Abstract, span: Inst): Abstract {
    const name = this.#cells.nameOf(cell);
    if (name === undefined || !holdsSource(value)) return value;
    const message = `is stored in \`${name}\``;
    return mapTaints(value, (taint) => ({
      ...taint,
      trace: step(frame.id, span, message, taint.trace, undefined, cell),
    }));
  }

  #setGlobal(cell: number, value: Abstract): void {
    const before = this.#globals.get(cell);
    if (before && same(before, value)) return;
    this.#globals.set(cell, value);
    this.#readers.valueChanged('variable', cell);
  }
}
