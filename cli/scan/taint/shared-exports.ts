import { exportedValue } from '../link/exported-value.ts';
import type { Linked } from '../link/linked.ts';
import type { Abstract } from './abstract.ts';
import { load } from './entries.ts';
import type { Frame } from './frame.ts';
import type { Readers } from './readers.ts';
import { same } from './same.ts';
import type { Origins } from './taint.ts';

/** What modules export that no variable holds: `exports.NAME = /^[a-z]+$/`, `module.exports = { NAME }`, `export default {}`. */
export class SharedExports {
  readonly #linked: Linked;
  readonly #origins: Origins;
  readonly #readers: Readers;
  /** By the node of the value. */
  readonly #values = new Map<number, Abstract>();

  constructor(linked: Linked, origins: Origins, readers: Readers) {
    this.#linked = linked;
    this.#origins = origins;
    this.#readers = readers;
  }

  /** Keeps what a module exports at the end of it. */
  keep(frame: Frame): void {
    const { program } = this.#linked;
    if (frame.id !== program.firstFunc[frame.info.module]) return;
    for (const one of program.modules[frame.info.module]?.exports ?? []) {
      const value = 'value' in one && one.func === 0 ? frame.values[one.value] : undefined;
      if (!value || !('value' in one)) continue;
      const node = frame.info.firstValue + one.value;
      const before = this.#values.get(node);
      if (before && same(before, value)) continue;
      this.#values.set(node, value);
      this.#readers.changed('export', node);
    }
  }

  /** What an import brings: a name, or (`*`, `default`) what CommonJS exports as a whole. */
  value({ id }: Frame, specifier: string, name: string): Abstract | undefined {
    const own = this.#at(id, specifier, name);
    if (own) return own;
    const all = this.#at(id, specifier, '=');
    return all && (name === '*' || name === 'default') ? all : all && load(this.#origins, all, name);
  }

  #at(func: number, specifier: string, name: string): Abstract | undefined {
    const place = exportedValue(this.#linked, func, specifier, name);
    if (!place) return undefined;
    const node = (this.#linked.program.functions[place.func]?.firstValue ?? 0) + place.value;
    this.#readers.note('export', node);
    return this.#values.get(node);
  }
}
