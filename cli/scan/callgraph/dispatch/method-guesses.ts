import type { Inst } from '../../ir/ir.ts';
import type { Api, StatesByName } from '../../models/api.ts';
import type { Linker } from '../linker.ts';
import type { FuncInfo } from '../program.ts';

/**
 * Guesses the type of a receiver from a method name that only one library has: the receiver of `findByPk` is a Sequelize
 * model. If the receiver is an import, all its uses in the module get this type. Guesses nothing if a class of the project
 * declares a method of that name.
 */
export class MethodGuesses {
  readonly #own = new Set<string>();
  /** By module: the types by method name, computed on demand. Modules with the same models share them. */
  readonly #types: readonly Types[];
  /** By module and import: the types that a method name suggests for it. */
  readonly #imported = new Map<string, readonly number[]>();

  constructor(linker: Linker) {
    const { classes, instructions, modules } = linker.program;
    const shared = new Map<Api, Types>();
    this.#types = modules.map((_, module) => {
      const { guesses } = linker.apiOf(module);
      const known = shared.get(linker.apiOf(module)) ?? { guesses, found: new Map() };
      shared.set(linker.apiOf(module), known);
      return known;
    });
    for (const { class: it } of classes) for (const { name } of it.methods) this.#own.add(name);
    instructions.each('member', ({ object, name }, info) => {
      const types = this.#typesOf(info, name);
      const key = types.length > 0 ? importOf(info, object) : undefined;
      if (key !== undefined) this.#imported.set(key, types);
    });
  }

  /** The types that a read or write of a member suggests for the receiver. */
  of(info: FuncInfo, inst: Inst & { op: 'member' | 'store' }): readonly number[] {
    const key = this.#imported.size === 0 ? undefined : importOf(info, inst.object);
    const known = key === undefined ? undefined : this.#imported.get(key);
    return known ?? this.#typesOf(info, inst.name);
  }

  #typesOf({ module }: FuncInfo, name: string): readonly number[] {
    const { guesses, found } = this.#types[module] as Types;
    const known = found.get(name);
    if (known) return known;
    const types = this.#own.has(name) ? none : (guesses.get(`.${name}`) ?? none);
    found.set(name, types);
    return types;
  }
}

interface Types {
  readonly guesses: StatesByName;
  readonly found: Map<string, readonly number[]>;
}

const none: readonly number[] = [];

function importOf({ func, module }: FuncInfo, value: number): string | undefined {
  const inst = func.code[value];
  return inst?.op === 'import' ? `${module} ${inst.name} ${inst.specifier}` : undefined;
}
