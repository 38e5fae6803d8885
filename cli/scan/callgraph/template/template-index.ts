import { posix } from 'node:path';
import { maxTemplateFiles } from '../../budgets/callgraph.ts';
import { rendererOf } from '../../languages/template/renderer.ts';
import type { Program } from '../program.ts';

/**
 * The template files of a program, by the names that code uses for them. A template is represented by the function that renders
 * it.
 */
export class TemplateIndex {
  readonly #program: Program;
  /**
   * The functions of the templates, by each end of their paths, with and without the extension. For
   * `views/user/page.ejs`, these are `views/user/page.ejs`, `user/page.ejs`, `page.ejs`, and the same without `.ejs`.
   */
  readonly #byEnd = new Map<string, number[]>();
  #cells: Map<number, { func: number; value: number } | undefined> | undefined;
  readonly #pathOf = new Map<number, string>();

  constructor(program: Program) {
    this.#program = program;
    program.modules.forEach((module, index) => {
      const renderer = rendererOf(module);
      if (renderer < 0) return;
      const func = (program.firstFunc[index] as number) + renderer;
      this.#pathOf.set(func, module.path);
      for (const path of [module.path, module.path.replace(/\.[^./]+$/, '')]) {
        this.#add(path, func);
        for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
          this.#add(path.slice(slash + 1), func);
      }
    });
  }

  get isEmpty(): boolean {
    return this.#byEnd.size === 0;
  }

  /**
   * Finds the template that the module `from` calls `name`, such as `user/page`. Prefers the file at that path relative
   * to the module. Otherwise, takes the files whose paths end with the name, and of these the nearest to the module.
   * @returns the functions that stand for the files. Empty if there are none or too many
   */
  find(from: number, name: string): readonly number[] {
    if (this.isEmpty) return [];
    const path = this.#program.modules[from]?.path ?? '';
    const folder = posix.dirname(path);
    const relative = this.#exact(posix.normalize(posix.join(folder, name)));
    if (relative.length > 0) return relative;
    // Partials may be in a folder of their own, or have names that begin with an underscore.
    const plain = posix.normalize(name.replaceAll('\\', '/')).replace(/^(?:\.{0,2}\/)+/, '');
    const found =
      this.#byEnd.get(plain) ??
      this.#byEnd.get(`partials/${plain}`) ??
      this.#byEnd.get(plain.replace(/[^/]+$/, '_$&')) ??
      [];
    const nearest = this.#nearest(path, found);
    return nearest.length > maxTemplateFiles ? [] : nearest;
  }

  /** The value of a shared variable that is assigned exactly once. Undefined for any other variable. */
  cellValue(cell: number): { readonly func: number; readonly value: number } | undefined {
    this.#cells ??= cellValues(this.#program);
    return this.#cells.get(cell);
  }

  #add(end: string, func: number): void {
    const known = this.#byEnd.get(end);
    if (!known) this.#byEnd.set(end, [func]);
    else if (!known.includes(func)) known.push(func);
  }

  /** The functions of files with exactly this path, with or without an extension. */
  #exact(path: string): readonly number[] {
    return (this.#byEnd.get(path) ?? []).filter((func) => {
      const own = this.#pathOf.get(func) ?? '';
      return own === path || own.replace(/\.[^./]+$/, '') === path;
    });
  }

  /**
   * The functions in `found` whose files share the most leading folders with this path. So an application's own
   * templates take precedence.
   */
  #nearest(path: string, found: readonly number[]): readonly number[] {
    if (found.length < 2) return found;
    const shared = found.map((func) => sharedFolders(path, this.#pathOf.get(func) ?? ''));
    const most = Math.max(...shared);
    return found.filter((_, i) => shared[i] === most);
  }
}

function sharedFolders(a: string, b: string): number {
  const left = a.split('/').slice(0, -1);
  const right = b.split('/').slice(0, -1);
  let n = 0;
  while (n < left.length && left[n] === right[n]) n++;
  return n;
}

function cellValues(program: Program): Map<number, { func: number; value: number } | undefined> {
  const values = new Map<number, { func: number; value: number } | undefined>();
  program.instructions.each('cell-store', (inst, { id, module }) => {
    const cell = (program.firstCell[module] as number) + inst.cell;
    values.set(cell, values.has(cell) ? undefined : { func: id, value: inst.value });
  });
  return values;
}
