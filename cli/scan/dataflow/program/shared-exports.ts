import { exportedValue } from '../../callgraph/exported-value.ts';
import type { Linked } from '../../callgraph/linked.ts';
import { type Abstract, holdsSource } from '../domain/abstract.ts';
import { load, object } from '../domain/entries.ts';
import { join } from '../domain/join.ts';
import { same } from '../domain/same.ts';
import { concrete } from '../summary/effect-values.ts';
import type { FunctionView } from '../view/function-view.ts';
import type { Readers } from './readers.ts';

/**
 * The values of exports that no variable holds: `exports.NAME = /^[a-z]+$/`, `module.exports = { NAME }`, `export default
 * {}`.
 */
export class SharedExports {
  readonly #linked: Linked;
  readonly #readers: Readers;
  /** The exported values, by their number in the program. */
  readonly #values = new Map<number, Abstract>();
  /**
   * By the same number: the join of the values that the export has after method calls in other modules, such as
   * `jobs.add(name)`.
   */
  readonly #changes = new Map<number, Abstract>();

  constructor(linked: Linked, readers: Readers) {
    this.#linked = linked;
    this.#readers = readers;
  }

  /** Stores the exported values of a module if `frame` is the finished analysis of its top-level code. */
  keep(frame: FunctionView): void {
    const { program } = this.#linked;
    if (frame.id !== program.firstFunc[frame.info.module]) return;
    for (const one of program.modules[frame.info.module]?.exports ?? []) {
      const value = 'value' in one && one.func === 0 ? frame.values[one.value] : undefined;
      if (!value || !('value' in one)) continue;
      const node = frame.info.firstValue + one.value;
      const changed = this.#changes.get(node);
      this.#set(node, changed ? join(value, changed) : value);
    }
  }

  /**
   * Records that a method call changes an imported value, such as `jobs` in `jobs.add(name)`.
   * @param after the imported value after the call
   */
  change(frame: FunctionView, specifier: string, name: string, after: Abstract): void {
    const node = this.#nodeOf(frame.id, specifier, name) ?? this.#nodeOf(frame.id, specifier, '=');
    if (node === undefined) return;
    // Taint tracking follows the constant pass, and stores it then.
    if (frame.isConstantPass && holdsSource(after)) {
      frame.meetsSource = true;
      return;
    }
    const isEntry = this.#nodeOf(frame.id, specifier, name) === undefined;
    const changed = isEntry ? object([[name, concrete(after)]]) : concrete(after);
    const before = this.#changes.get(node);
    this.#changes.set(node, before ? join(before, changed) : changed);
    const value = this.#values.get(node);
    if (value) this.#set(node, join(value, changed));
  }

  #set(node: number, value: Abstract): void {
    const before = this.#values.get(node);
    if (before && same(before, value)) return;
    this.#values.set(node, value);
    this.#readers.valueChanged('export', node);
  }

  /**
   * The value of the export that `name` imports from `specifier`. `*` and `default` also mean the whole `module.exports` of
   * CommonJS. Undefined if it is unknown, or held by a variable.
   */
  value({ id }: FunctionView, specifier: string, name: string): Abstract | undefined {
    const own = this.#at(id, specifier, name);
    if (own) return own;
    const all = this.#at(id, specifier, '=');
    return all && (name === '*' || name === 'default') ? all : all && load(all, name);
  }

  #at(func: number, specifier: string, name: string): Abstract | undefined {
    const node = this.#nodeOf(func, specifier, name);
    if (node === undefined) return undefined;
    this.#readers.noteValue('export', node);
    return this.#values.get(node);
  }

  #nodeOf(func: number, specifier: string, name: string): number | undefined {
    const place = exportedValue(this.#linked, func, specifier, name);
    return place && (this.#linked.program.functions[place.func]?.firstValue ?? 0) + place.value;
  }
}
