import { checkTemplates, html, render } from 'bulwark/html';
import type { Node } from 'oxc-parser';
import { type Fixer, left, type Proposal } from '../fix.ts';
import { escapableHoles, isMarkup } from '../html/html-holes.ts';
import type { Hole, TextPart } from '../text-part.ts';
import { evidentType, expressionAt, holesOnTheWay, isPrepared, templateOf } from './expression.ts';
import { hasPackage } from './has-package.ts';
import { importNew } from './imports.ts';
import { type JavascriptFile, nodeAt } from './javascript-file.ts';
import { textParts } from './text-parts.ts';

const senders =
  /^(?:express\.Response\.send|fastify\.Reply\.send|http\.ServerResponse\.(?:end|write)|hono\.Context\.html)$/;

/**
 * Replaces a page that is built as a plain string with an `html` template. Makes no fix if the `html` tag rejects a value
 * at some place of the page, such as in a script.
 */
export const fixHtml: Fixer<JavascriptFile> = {
  rules: ['xss/reflected'],
  propose(found, file): Proposal {
    const call = nodeAt(file, 'CallExpression', found.at, found.end);
    const [page] = call?.arguments ?? [];
    if (!page || !senders.test(found.sink)) return left('How the page is sent is not known.');
    const parts = textParts(file, page);
    if (!parts || !isMarkup(parts)) return left('The page is built somewhere else than it is sent.');
    const holes = parts.filter((part): part is Hole => part.kind === 'hole');
    const known = holesOnTheWay(file, found, parts);
    if (!holes.every((hole) => known.includes(hole) && isValue(file, hole))) {
      return left('Some values may be markup, or are already escaped.');
    }
    if (!isTaken(parts)) return left('The `html` tag refuses a value in one of these places.');
    if (!hasPackage(found, file.path, 'bulwark')) {
      return left('The `html` tag would fix it. Add `bulwark` to the dependencies.');
    }
    const imported = importNew(file, 'bulwark/html', ['html', 'render']);
    if (!imported)
      return left('The names `html` and `render` are taken, or the file has no import to add one after.');
    const code = `render(html${pageCode(file, page, parts)})`;
    return {
      title: 'Build the page with the html tag',
      edits: [...imported, { at: page.start, end: page.end, text: code }],
    };
  },
};

function isValue(file: JavascriptFile, hole: Hole): boolean {
  const node = expressionAt(file, hole);
  return node !== undefined && !isPrepared(file, node);
}

/** Asks the tag itself. In scripts and URLs, values would get another meaning. */
function isTaken(parts: readonly TextPart[]): boolean {
  const strings = [''];
  for (const part of parts) {
    if (part.kind === 'hole') strings.push('');
    else strings[strings.length - 1] += part.text;
  }
  const holes = parts.filter(({ kind }) => kind === 'hole');
  if (escapableHoles(parts).size !== holes.length || checkTemplates([{ strings }]).length > 0) return false;
  try {
    // Some places accept no text, which only shows once there is one.
    const template = Object.freeze(Object.assign([...strings], { raw: Object.freeze([...strings]) }));
    render(html(template, ...holes.map(() => 'text')), { nonce: false });
    return true;
  } catch {
    return false;
  }
}

/** A template stays as written, except for its values. A sum becomes a template. */
function pageCode(file: JavascriptFile, page: Node, parts: readonly TextPart[]): string {
  const codes = parts.map((part) => (part.kind === 'hole' ? { code: valueCode(file, part) } : part.text));
  if (page.type !== 'TemplateLiteral') return templateOf(codes);
  let code = '';
  let at = page.start;
  for (const part of parts) {
    if (part.kind !== 'hole') continue;
    code += file.text.slice(at, part.at) + valueCode(file, part);
    at = part.end;
  }
  return code + file.text.slice(at, page.end);
}

/** The code of a value as the page shows it: converted to a text if it may be none. */
function valueCode(file: JavascriptFile, hole: Hole): string {
  const node = expressionAt(file, hole);
  const code = file.text.slice(hole.at, hole.end);
  return node && evidentType(file, node) !== undefined ? code : `String(${code})`;
}
