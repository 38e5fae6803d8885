import { maxTracedValues } from '../../budgets/dataflow.ts';
import type { Linked } from '../../callgraph/linked.ts';
import { languageAt } from '../../callgraph/program.ts';
import { instOf } from '../../callgraph/query/made-by.ts';
import type { Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { transitive } from '../../ir/query/transitive.ts';
import { slowness } from '../../regex/slowness.ts';
import { origin, textWithHoles } from '../../semantics/pattern/pattern-at.ts';
import { matchingNames } from '../../sinks/redos-sinks.ts';
import { behindOf } from '../query/trace-value.ts';

/**
 * The functions that may contain a sink of the language itself, which no model lists: they evaluate code, store under two
 * unknown keys (`object[a][b] = value`), or match a text against a slow regular expression. An over-approximation.
 */
export function languageSinkFunctions(linked: Linked): ReadonlySet<number> {
  const found = new Set<number>();
  for (const func of thatRunCode(linked)) found.add(func);
  for (const func of thatStoreByKeys(linked)) found.add(func);
  for (const func of thatMatchSlowly(linked)) found.add(func);
  return found;
}

/** The functions that call `eval` or the like, by name. Timers can evaluate code too, but are too common to count. */
function thatRunCode({ program }: Linked): ReadonlySet<number> {
  const found = new Set<number>();
  program.instructions.each('call', ({ callee }, { id, func }) => {
    const by = func.code[callee];
    const runs =
      by?.op === 'global'
        ? /^(?:eval|exec|Function)$/.test(by.name)
        : (by?.op === 'member' || by?.op === 'import') && /^runIn(?:This|New)?Context$/.test(by.name);
    if (runs) found.add(id);
  });
  return found;
}

/**
 * Functions that may store under two keys that are no constants: `object[a][b] = value`, a walk along many keys, and a recursive
 * merge, which passes on what it looked up. One key alone does not reach a prototype.
 */
function thatStoreByKeys({ program }: Linked): ReadonlySet<number> {
  const found = new Set<number>();
  const passOn = new Set<number>();
  program.instructions.each('call', ({ args }, { id, func, module }) => {
    if (passOn.has(id) || !languageAt(program, module).namesMayBeInherited) return;
    if (args.some((arg) => isLookedUp(func, arg))) passOn.add(id);
  });
  program.instructions.each('store-index', ({ object, key }, { id, func, module }) => {
    if (func.code[key]?.op === 'const' || !languageAt(program, module).namesMayBeInherited) return;
    if (passOn.has(id) || isLookedUp(func, object)) found.add(id);
  });
  return found;
}

/** Whether a value may be what is stored in an object under a key that is no constant. */
function isLookedUp(func: Func, value: ValueId): boolean {
  const { code } = func;
  const values = transitive([value], maxTracedValues, (one): readonly ValueId[] => {
    const inst = code[one] as Inst;
    const behind = behindOf(inst);
    if (behind !== undefined) return [behind];
    if (inst.op === 'phi') return inst.inputs;
    return inst.op === 'cell-load' ? (cellStores(func).get(inst.cell) ?? []) : [];
  });
  return [...values].some((one) => {
    const inst = code[one] as Inst;
    if (inst.op === 'index') return code[inst.key]?.op !== 'const';
    const callee = inst.op === 'call' ? code[inst.callee] : undefined;
    return callee?.op === 'member' && /^reduce(?:Right)?$/.test(callee.name);
  });
}

/** The values that a function stores in each variable. */
const cellStores = memoized(({ code }: Func): ReadonlyMap<number, readonly ValueId[]> => {
  const stores = new Map<number, ValueId[]>();
  for (const inst of code) {
    if (inst.op !== 'cell-store') continue;
    const known = stores.get(inst.cell);
    if (!known) stores.set(inst.cell, [inst.value]);
    else if (known.length < maxTracedValues) known.push(inst.value);
  }
  return stores;
});

const patternOf = /^(?:compile|match|search|fullmatch|findall|finditer|split|sub|subn|RegExp)$/;

/** Functions that match texts, in modules that hold a slow regular expression. */
function thatMatchSlowly(linked: Linked): ReadonlySet<number> {
  const { program } = linked;
  const slowModules = new Set<number>();
  const isSlow = (source: string, module: number): boolean =>
    ['', 'ms'].some((flags) => slowness(source, flags, languageAt(program, module).regexDialect));
  program.instructions.each('regex', ({ source, flags }, { module }) => {
    if (slowness(source, flags, languageAt(program, module).regexDialect)) slowModules.add(module);
  });
  const found = new Set<number>();
  const matchers: { readonly id: number; readonly module: number; readonly callee: ValueId }[] = [];
  program.instructions.each('call', (call, { id, func, module }) => {
    const callee = func.code[call.callee];
    const name = nameOf(callee);
    if (callee?.op === 'cell-load' || (name !== undefined && matchingNames.has(name)))
      matchers.push({ id, module, callee: call.callee });
    if (name === undefined || !patternOf.test(name) || slowModules.has(module)) return;
    const [pattern] = call.args;
    if (pattern === undefined || (!languageAt(program, module).patternsAreTexts && name !== 'RegExp')) return;
    if (isSlow(textWithHoles(linked, { func: id, value: pattern }), module)) slowModules.add(module);
  });
  for (const { id, module, callee } of matchers)
    if (slowModules.has(module) && !found.has(id) && isMatching(linked, id, callee)) found.add(id);
  return found;
}

/** Whether a function is a method that matches a text, which a variable may hold. */
function isMatching(linked: Linked, func: number, callee: ValueId): boolean {
  const inst = linked.program.functions[func]?.func.code[callee];
  if (inst?.op !== 'cell-load') return true;
  const made = instOf(linked, origin(linked, { func, value: callee }));
  return made?.op === 'member' && matchingNames.has(made.name);
}

function nameOf(callee: Inst | undefined): string | undefined {
  return callee?.op === 'member' || callee?.op === 'import' || callee?.op === 'global'
    ? callee.name
    : undefined;
}
