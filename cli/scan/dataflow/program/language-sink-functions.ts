import type { Linked } from '../../callgraph/linked.ts';
import { languageAt } from '../../callgraph/program.ts';
import type { Inst } from '../../ir/ir.ts';
import { slowness } from '../../regex/slowness.ts';
import { matchingNames } from '../../sinks/redos-sinks.ts';

/**
 * The functions with a sink that no model names: they evaluate code, store under an unknown key, or may match a text against a
 * slow regular expression. More functions than those with such a sink may be among them.
 */
export function languageSinkFunctions(linked: Linked): ReadonlySet<number> {
  const found = new Set<number>();
  for (const func of thatRunCode(linked)) found.add(func);
  for (const func of thatStoreByKey(linked)) found.add(func);
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

/** Functions that store under a key that is no constant, where an object may have a prototype. */
function thatStoreByKey({ program }: Linked): ReadonlySet<number> {
  const found = new Set<number>();
  program.instructions.each('store-index', ({ key }, { id, func, module }) => {
    if (func.code[key]?.op !== 'const' && languageAt(program, module).namesMayBeInherited) found.add(id);
  });
  return found;
}

const patternOf = /^(?:compile|match|search|fullmatch|findall|finditer|split|sub|subn|RegExp)$/;

/** Functions that match texts, in modules that hold a slow regular expression. */
function thatMatchSlowly({ program }: Linked): ReadonlySet<number> {
  const slowModules = new Set<number>();
  program.instructions.each('regex', ({ source, flags }, { module }) => {
    if (slowness(source, flags, languageAt(program, module).regexDialect)) slowModules.add(module);
  });
  const found = new Set<number>();
  const matchers: { readonly id: number; readonly module: number }[] = [];
  program.instructions.each('call', (call, { id, func, module }) => {
    const name = nameOf(func.code[call.callee]);
    if (name === undefined) return;
    if (matchingNames.has(name)) matchers.push({ id, module });
    if (!patternOf.test(name) || slowModules.has(module)) return;
    const [first] = call.args;
    const pattern = first === undefined ? undefined : func.code[first];
    const { patternsAreTexts, regexDialect } = languageAt(program, module);
    if (pattern?.op !== 'const' || typeof pattern.value !== 'string') return;
    if (!patternsAreTexts && name !== 'RegExp') return;
    if (slowness(pattern.value, '', regexDialect)) slowModules.add(module);
  });
  for (const { id, module } of matchers) if (slowModules.has(module)) found.add(id);
  return found;
}

function nameOf(callee: Inst | undefined): string | undefined {
  return callee?.op === 'member' || callee?.op === 'import' || callee?.op === 'global'
    ? callee.name
    : undefined;
}
