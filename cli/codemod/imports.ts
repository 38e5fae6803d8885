import type { Node } from 'oxc-parser';
import { endOfLine, styled } from '../init/place/insert.ts';
import type { Edit } from '../scan/fix/fix.ts';
import { namedImports } from '../scan/fix/javascript/imports.ts';
import type { JavascriptFile } from '../scan/fix/javascript/javascript-file.ts';
import { styleOf, wholeLines } from '../scan/fix/javascript/style.ts';
import { type LibraryUse, variableUses } from './library-use.ts';

/**
 * Edits that bring in names, and take the library out if `removes`. A name that the file uses for something else can't be brought
 * in: that name is the result.
 */
export function importEdits(
  file: JavascriptFile,
  use: LibraryUse | undefined,
  removes: boolean,
  wanted: ReadonlyMap<string, readonly string[]>,
): Edit[] | string {
  const known = namedImports(file);
  const edits: Edit[] = [];
  const lines: string[] = [];
  for (const [module, names] of wanted) {
    const there = known.filter((one) => one.module === module);
    const missing = names.filter(
      (name) => !there.some(({ local, imported }) => local === name && imported === name),
    );
    const taken = missing.find((name) => isTaken(file, name, removes ? use : undefined));
    if (taken !== undefined) return taken;
    if (missing.length === 0) continue;
    const beside = there.at(-1)?.node;
    if (beside) edits.push({ at: beside.end, end: beside.end, text: `, ${missing.join(', ')}` });
    else lines.push(importLine(file, module, missing));
  }
  return [...edits, ...placed(file, use, removes, lines)];
}

function isTaken(file: JavascriptFile, name: string, removed: LibraryUse | undefined): boolean {
  if (removed?.locals.has(name)) return false;
  return variableUses(file, new Set([name])).length > 0;
}

function importLine(file: JavascriptFile, module: string, names: readonly string[]): string {
  const list = names.join(', ');
  const isModule = file.program.body.some(({ type }) => /^(?:Import|TSImportEquals)Declaration$/.test(type));
  return styled(
    file,
    isModule ? `import { ${list} } from '${module}';` : `const { ${list} } = require('${module}');`,
  );
}

/** In the place of the library, or behind it; in files without it, behind the last import. */
function placed(
  file: JavascriptFile,
  use: LibraryUse | undefined,
  removes: boolean,
  lines: readonly string[],
): Edit[] {
  const { newline } = styleOf(file);
  const text = lines.join(newline);
  if (use && removes) {
    const { start, end } = use.statement;
    return lines.length > 0
      ? [{ at: start, end, text }]
      : [{ ...wholeLines(file.text, start, end), text: '' }];
  }
  if (lines.length === 0) return [];
  const after = use?.statement ?? lastImport(file);
  if (after) {
    const at = endOfLine(file.text, after.end);
    return [{ at, end: at, text: newline + text }];
  }
  const first = file.program.body.find((node) => !('directive' in node && node.directive));
  const at = first?.start ?? file.text.length;
  return [{ at, end: at, text: text + newline }];
}

function lastImport({ program, text }: JavascriptFile): Node | undefined {
  return program.body.findLast(
    (node) =>
      node.type === 'ImportDeclaration' ||
      (node.type === 'VariableDeclaration' && /\brequire\(/.test(text.slice(node.start, node.end))),
  );
}
