import type { JavascriptFile } from './javascript-file.ts';

/** The code style of a file, which added code follows. */
export interface Style {
  readonly quote: "'" | '"';
  readonly semicolon: ';' | '';
  readonly newline: '\n' | '\r\n';
}

export function styleOf({ text, program, nodes }: JavascriptFile): Style {
  const strings = nodes.filter((node) => node.type === 'Literal' && typeof node.value === 'string');
  const double = strings.filter(({ start }) => text[start] === '"').length;
  const statements = program.body.filter(({ type }) => /^(?:Import|Variable|Expression)/.test(type));
  const ended = statements.filter(({ end }) => text[end - 1] === ';').length;
  return {
    quote: double * 2 > strings.length ? '"' : "'",
    semicolon: ended * 2 >= statements.length ? ';' : '',
    newline: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** The code of a string literal, with the quotes that the file's style uses. */
export function stringCode(value: string, { quote }: Style): string {
  return (
    quote +
    value.replace(/[\\'"]/g, (letter) => (letter === quote || letter === '\\' ? `\\${letter}` : letter)) +
    quote
  );
}

/** The range of a statement, or of its whole lines if they contain nothing else. */
export function wholeLines(
  text: string,
  at: number,
  end: number,
): { readonly at: number; readonly end: number } {
  const before = text.lastIndexOf('\n', at - 1) + 1;
  const after = /^[ \t]*\r?\n/.exec(text.slice(end));
  if (text.slice(before, at).trim() !== '' || !after) return { at, end };
  return { at: before, end: end + after[0].length };
}
