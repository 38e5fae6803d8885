import { maxConventionPath, maxDirectiveInstructions } from '../../budgets/callgraph.ts';
import type { Func, Inst, Module } from '../../ir/ir.ts';
import { languageOf } from '../../languages/registry.ts';
import type { Conventions } from '../../models/conventions.ts';
import { flowInto, handTo } from '../calls.ts';
import type { Linker } from '../linker.ts';
import { languageAt } from '../program.ts';

/**
 * Records that a framework lets clients call the functions with a directive such as `'use server'`. The directive of a
 * module applies to its exports.
 */
export function linkServerFunctions(linker: Linker): void {
  const { program } = linker;
  for (const { id, module, func } of program.functions) {
    if (!languageAt(program, module).pathsAreConventions) continue;
    const { packages, conventions } = linker.apiOf(module);
    const type = conventions.directives.length > 0 ? directedTo(func, conventions) : undefined;
    for (const state of (type === undefined ? undefined : packages.get(type)) ?? []) {
      if (id !== program.firstFunc[module]) handTo(linker, id, state);
      else {
        for (const one of program.modules[module]?.exports ?? [])
          if (!('all' in one)) flowInto(linker, module, linker.export(module, one.name), state, 0);
      }
    }
  }
}

/** The type that a function is passed to because of its directive. */
function directedTo({ code }: Func, { directives }: Conventions): string | undefined {
  for (let i = 0; i < maxDirectiveInstructions && i < code.length; i++) {
    const inst = code[i] as Inst;
    if (inst.op !== 'const') continue;
    for (const [directive, type] of directives) if (inst.value === directive) return type;
  }
  return undefined;
}

/**
 * Records that a framework calls the exports of modules that it finds by their path, such as those of `app/users/route.ts`
 * in Next.js.
 */
export function linkFileConventions(linker: Linker): void {
  linker.program.modules.forEach((module, index) => {
    if (!languageOf(module).pathsAreConventions || module.path.length > maxConventionPath) return;
    const { packages, conventions } = linker.apiOf(index);
    let named: Named | undefined;
    for (const { files, exports, type, when } of conventions.files) {
      if (!files.test(module.path)) continue;
      const names = namesOf(module, exports);
      if (names.length === 0) continue;
      if (when) {
        named ??= namesIn(module);
        if (!when.names.some((name) => named?.[when.of].has(name))) continue;
      }
      for (const name of names) {
        for (const state of packages.get(type) ?? [])
          flowInto(linker, index, linker.export(index, name), state, 0);
      }
    }
  });
}

/** The names that a module may export: one that hands on all of another, or is one value, may have any. */
function namesOf({ exports }: Module, names: readonly string[] | RegExp): readonly string[] {
  if (names instanceof RegExp)
    return exports.flatMap((one) => ('all' in one || !names.test(one.name) ? [] : [one.name]));
  if (exports.some((one) => 'all' in one || one.name === '=')) return names;
  return names.filter((name) => exports.some((one) => !('all' in one) && one.name === name));
}

/** The names of members of a module that are read, and those that are set; both have the keys of objects. */
interface Named {
  readonly any: ReadonlySet<string>;
  readonly set: ReadonlySet<string>;
}

function namesIn({ functions }: Module): Named {
  const any = new Set<string>();
  const set = new Set<string>();
  for (const { code } of functions) {
    for (const inst of code) {
      if (inst.op === 'member') any.add(inst.name);
      else if (inst.op === 'store') {
        set.add(inst.name);
        // `resolvers.Query.user = ...`
        const object = code[inst.object];
        if (object?.op === 'member') set.add(object.name);
      } else if (inst.op === 'object') {
        for (const key of inst.keys) {
          if (typeof key !== 'string') continue;
          any.add(key);
          set.add(key);
        }
      }
    }
  }
  return { any, set };
}
