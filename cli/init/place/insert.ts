import type { Node } from 'oxc-parser';
import type { Edit } from '../../scan/fix/fix.ts';
import type { JavascriptFile } from '../../scan/fix/javascript/javascript-file.ts';
import { styleOf } from '../../scan/fix/javascript/style.ts';

/**
 * Lines behind a statement, in the style of the file. They are written with `'` and `;`, and indented by two spaces.
 */
export function insertAfter(file: JavascriptFile, statement: Node, lines: readonly string[]): Edit {
  const { text } = file;
  const at = endOfLine(text, statement.end);
  const indent = indentOf(text, statement.start);
  const { newline, semicolon } = styleOf(file);
  const missing = semicolon === '' && continues.test(text.slice(at)) ? ';' : '';
  return { at, end: at, text: lines.map((line) => newline + styled(file, line, indent)).join('') + missing };
}

/** The start of what would continue a statement without a semicolon, behind any comments. */
const continues = /^(?:\s|\/\*(?:(?!\*\/)[\s\S])*\*\/|\/\/[^\n]*)*(?:[([`+-]|\/(?![/*]))/;

/** Behind the comment that ends a line, if nothing else does. */
export function endOfLine(text: string, at: number): number {
  const rest = /^[^\S\r\n]*(?:\/\/[^\r\n]*)?(?=\r?\n|$)/.exec(text.slice(at));
  return at + (rest?.[0].length ?? 0);
}

/** Lines at the beginning of a block. */
export function insertInside(file: JavascriptFile, block: Node, lines: readonly string[]): Edit {
  const { newline } = styleOf(file);
  const indent = indentOf(file.text, block.start);
  const at = block.start + 1;
  return {
    at,
    end: at,
    text: lines.map((line) => newline + styled(file, `  ${line}`, indent)).join('') + newline,
  };
}

/** A line in the file's quotes, unit of indentation and habit of semicolons. */
export function styled(file: JavascriptFile, line: string, indent: string = ''): string {
  if (line === '') return '';
  const { quote, semicolon } = styleOf(file);
  const depth = /^ */.exec(line)?.[0].length ?? 0;
  const code = line.slice(depth);
  const isComment = code.startsWith('//');
  const quoted = quote === '"' && !isComment ? code.replaceAll("'", '"') : code;
  const ended = semicolon === '' && !isComment ? quoted.replace(/;(?=$| \/\/ )/, '') : quoted;
  return indent + unitOf(file.text).repeat(depth / 2) + ended;
}

function unitOf(text: string): string {
  const found = /\n(\t| {2,8})\S/.exec(text)?.[1];
  return found === undefined || (found.length % 2 === 1 && found !== '\t') ? '  ' : found;
}

function indentOf(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1))?.[0] ?? '';
}
