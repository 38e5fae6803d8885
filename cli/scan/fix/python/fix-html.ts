import { type Edit, type Fixer, left, type Proposal } from '../fix.ts';
import { escapableHoles, isMarkup } from '../html/html-holes.ts';
import type { Hole } from '../text-part.ts';
import { expressionAt, holesOnTheWay, isPrepared, isText } from './expression.ts';
import { importedModules, importName } from './imports.ts';
import { argumentsOf, type PythonFile, type PythonNode, source } from './python-file.ts';
import { textParts } from './text-parts.ts';

/** Escapes the values that are inserted into a page. */
export const fixHtml: Fixer<PythonFile> = {
  rules: ['xss/reflected'],
  propose(found, file): Proposal {
    const page = pageAt(file, found.at, found.end);
    const built = page && textParts(file, page);
    if (!built || !isMarkup(built.parts)) return left('The page is built somewhere else than it is sent.');
    const escapable = escapableHoles(built.parts);
    const holes = holesOnTheWay(file, found, built.parts);
    if (holes.length === 0 || !holes.every((hole) => escapable.has(hole) && isValue(file, hole))) {
      return left('Escaping is not enough where the value stands.');
    }
    const kind = escaperOf(found.sink, file);
    const imported = importName(file, modules[kind], 'escape');
    if (!imported) return left('The name `escape` is taken, or there is no import to stand behind.');
    const edits: Edit[] = holes.map((hole) => ({
      at: hole.at,
      end: hole.end,
      text: codeOf(file, hole, kind),
    }));
    return { title: 'Escape the values in the page', edits: [...imported, ...edits] };
  },
};

type Escaper = 'flask' | 'django' | 'plain';

const modules: Readonly<Record<Escaper, string>> = {
  flask: 'markupsafe',
  django: 'django.utils.html',
  plain: 'html',
};

/** The framework of the response, by the sink of the page or by the file's imports. */
function escaperOf(sink: string, file: PythonFile): Escaper {
  const roots = [sink, ...importedModules(file)].map((one) => one.split('.')[0]);
  const known = roots.find((root) => root === 'flask' || root === 'django');
  return known === 'flask' || known === 'django' ? known : 'plain';
}

/** The returned text, or the first argument of the call that makes the response. */
function pageAt(file: PythonFile, at: number, end: number): PythonNode | undefined {
  const node = file.nodes.find((one) => one.at === at && one.end === end);
  if (node?.kind !== 'call') return node;
  return textParts(file, node) ? node : argumentsOf(file, node)?.positional[0];
}

function isValue(file: PythonFile, hole: Hole): boolean {
  const node = expressionAt(file, hole);
  return node !== undefined && !isPrepared(file, node);
}

/** A text of markupsafe escapes what is added to it. Converted to a plain text it does not. */
function codeOf(file: PythonFile, hole: Hole, kind: Escaper): string {
  const node = expressionAt(file, hole);
  const code = file.text.slice(hole.at, hole.end);
  if (kind === 'flask') return hole.literal ? `escape(${code})` : `str(escape(${code}))`;
  if (kind === 'django') return `escape(${code})`;
  return node && isText(file, node) && !/\.get\(/.test(source(file, node))
    ? `escape(${code})`
    : `escape(str(${code}))`;
}
