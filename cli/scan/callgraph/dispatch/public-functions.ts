import { maxPublicModules, maxReturnedDepth, maxReturnedValues } from '../../budgets/callgraph.ts';
import type { Export, Inst, ValueId } from '../../ir/ir.ts';
import { partsOf, prototypeOf } from '../../ir/query/parts-of.ts';
import type { Linked } from '../linked.ts';
import { languageAt } from '../program.ts';
import { parsesArguments } from './program-modules.ts';

/**
 * The functions that users of a package can call: the exports of its entry modules, the methods of exported classes and
 * objects, and functions that these return.
 */
export function publicFunctions(linked: Linked, entries: readonly number[]): ReadonlySet<number> {
  const found = new Set<number>();
  const seen = new Set<number>();
  addExports(linked, [...entries], seen, found);
  const imported: number[] = [];
  addMembers(linked, seen, found, imported);
  addExports(linked, imported, seen, found);
  return found;
}

/** Adds the exports of the modules in `queue`, and of those that they export again. */
function addExports(linked: Linked, queue: number[], seen: Set<number>, found: Set<number>): void {
  for (let at = 0; at < queue.length && at < maxPublicModules; at++) {
    const module = queue[at] as number;
    if (seen.has(module)) continue;
    seen.add(module);
    if (parsesArguments(linked, module)) continue;
    for (const one of linked.program.modules[module]?.exports ?? []) {
      const specifier = 'from' in one ? one.from : 'all' in one ? one.all : undefined;
      const next = specifier === undefined ? undefined : linked.moduleOf(module, specifier);
      if (next !== undefined) queue.push(next);
      if ('name' in one && !one.name.startsWith('_'))
        for (const [func, value] of valuesOf(linked, module, one))
          addValue(linked, func, value, found, queue);
    }
  }
}

/**
 * Adds the functions that are stored on public ones: `module.exports = parse; parse.lines = (text) => ...`. Those on the
 * prototype of a public constructor are its methods: `Parser.prototype.lines = function (text) { ... }`.
 */
function addMembers(linked: Linked, modules: ReadonlySet<number>, found: Set<number>, queue: number[]): void {
  const constructors = madeBy(linked, found);
  linked.program.instructions.each('store', ({ object, name, value }, { id, module, func }) => {
    if (!modules.has(module) || name.startsWith('_')) return;
    const owner = prototypeOf(func.code, object);
    const isPublic = (one: number): boolean =>
      found.has(one) || ((owner !== undefined || name === 'prototype') && constructors.has(one));
    if (linked.functions(id, owner ?? object).some(isPublic)) addValue(linked, id, value, found, queue);
  });
}

/** The functions that public ones call with `new` and return: `module.exports = (options) => new Parser(options)`. */
function madeBy(linked: Linked, found: ReadonlySet<number>): ReadonlySet<number> {
  const made = new Set<number>();
  for (const func of found) {
    const { code = [] } = linked.program.functions[func]?.func ?? {};
    for (const value of returnedValues(linked, func)) {
      for (const one of partsOf(code, value).values) {
        const inst = code[one];
        if (inst?.op !== 'call' || !inst.isNew) continue;
        for (const by of linked.functions(func, inst.callee)) made.add(by);
      }
    }
  }
  return made;
}

function returnedValues({ program }: Linked, func: number): readonly ValueId[] {
  const { blocks = [] } = program.functions[func]?.func ?? {};
  return blocks.flatMap(({ end }) => (end.kind === 'return' ? [end.value] : [])).slice(0, maxReturnedValues);
}

/** The values of an export. */
function valuesOf(linked: Linked, module: number, one: Export): [func: number, value: ValueId][] {
  const first = linked.program.firstFunc[module] as number;
  if ('value' in one) return [[first + one.func, one.value]];
  if (!('cell' in one)) return [];
  const code = linked.program.functions[first]?.func.code ?? [];
  const { packageFile } = languageAt(linked.program, module);
  const path = linked.program.modules[module]?.path ?? '';
  const exportsImports = packageFile === undefined || path.split('/').at(-1) === packageFile;
  return code.flatMap((inst): [number, ValueId][] =>
    inst.op === 'cell-store' &&
    inst.cell === one.cell &&
    (exportsImports || code[inst.value]?.op !== 'import')
      ? [[first, inst.value]]
      : [],
  );
}

function addValue(linked: Linked, func: number, value: ValueId, found: Set<number>, queue: number[]): void {
  const info = linked.program.functions[func];
  const inst = info?.func.code[value] as Inst | undefined;
  // `module.exports = require('./lib')`
  if (inst?.op === 'import' && (inst.name === '*' || inst.name === 'default')) {
    const next = linked.moduleOf(info?.module ?? 0, inst.specifier);
    if (next !== undefined) queue.push(next);
  }
  const { members } = partsOf(info?.func.code ?? [], value);
  for (const each of [value, ...members]) {
    for (const one of linked.functions(func, each)) addFunction(linked, one, found, 0);
    for (const owner of linked.classes(func, each)) addMethods(linked, owner, found);
    for (const owner of linked.instances(func, each)) addMethods(linked, owner, found);
  }
}

/** Adds a function, and the functions and methods that it returns: `module.exports = (options) => new Packer(options)`. */
function addFunction(linked: Linked, func: number, found: Set<number>, depth: number): void {
  if (found.has(func)) return;
  found.add(func);
  if (depth >= maxReturnedDepth) return;
  const { code = [] } = linked.program.functions[func]?.func ?? {};
  for (const value of returnedValues(linked, func)) {
    for (const each of [value, ...partsOf(code, value).members.slice(0, maxReturnedValues)]) {
      for (const one of linked.functions(func, each)) addFunction(linked, one, found, depth + 1);
      for (const owner of [...linked.classes(func, each), ...linked.instances(func, each)])
        addMethods(linked, owner, found);
    }
  }
}

function addMethods({ program }: Linked, owner: number, found: Set<number>): void {
  const info = program.classes[owner];
  if (!info) return;
  const first = program.firstFunc[info.module] as number;
  for (const { name, func } of info.class.methods) if (isPublicMethod(name)) found.add(first + func);
}

/** Whether users of a class may call a method of this name: it is not private, or Python calls it for them. */
export function isPublicMethod(name: string): boolean {
  return !/^[_#]/.test(name) || /^__(?:call|getitem)__$/.test(name);
}
