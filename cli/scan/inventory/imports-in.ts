import type { CodeView } from '../code-view.ts';
import type { Module } from '../ir/ir.ts';
import { languageOf } from '../languages/registry.ts';
import { placeOf } from '../report/findings.ts';
import { isAside, type SiteSearch } from './site-search.ts';

/** The packages that each file imports, without duplicates. */
export function importsIn({ frames }: SiteSearch): CodeView['imports'] {
  const { linked } = frames;
  const found: CodeView['imports'][number][] = [];
  const seen = new Set<string>();
  linked.program.instructions.each('import', (inst, info) => {
    const { specifier } = inst;
    if (
      /^[./#~]/.test(specifier) ||
      linked.moduleOf(info.module, specifier) !== undefined ||
      isAside(frames, info)
    )
      return;
    const module = linked.program.modules[info.module] as Module;
    const name = languageOf(module).packageOf(specifier);
    const key = `${info.module} ${name}`;
    if (seen.has(key)) return;
    seen.add(key);
    found.push({ path: module.path, line: placeOf(module, inst.at, inst.end).line, package: name });
  });
  return found;
}
