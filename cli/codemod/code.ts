import { styled } from '../init/place/insert.ts';
import type { JavascriptFile } from '../scan/fix/javascript/javascript-file.ts';
import { styleOf } from '../scan/fix/javascript/style.ts';

/** Code that stands as it is where a value is expected. */
export class Expression {
  readonly code: string;

  constructor(code: string) {
    this.code = code;
  }
}

export type Written =
  | string
  | number
  | boolean
  | null
  | Expression
  | readonly Written[]
  | { readonly [name: string]: Written };

/** A value as code, in lines that are indented by two spaces. */
export function written(value: Written, depth: number = 0): string {
  if (value instanceof Expression) return value.code;
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map((one: Written) => written(one, depth)).join(', ')}]`;
  const entries = Object.entries(value).map(([name, one]) => {
    const key = /^[a-zA-Z_$][\w$]*$/.test(name) ? name : quoted(name);
    return [key, one] as const;
  });
  if (entries.length === 0) return '{}';
  const line = `{ ${entries.map(([key, one]) => `${key}: ${written(one, depth)}`).join(', ')} }`;
  if (line.length <= 60 && !line.includes('\n')) return line;
  const indent = '  '.repeat(depth + 1);
  const lines = entries.map(([key, one]) => `${indent}${key}: ${written(one, depth + 1)},`);
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
}

/** In the quotes that need no escape: sources of a policy have single ones. */
function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return quote + escaped.replaceAll(quote, `\\${quote}`) + quote;
}

/** Code in the indentation of the line that it is put into. Quotes stay as they are. */
export function fitted(file: JavascriptFile, at: number, code: string): string {
  const { newline } = styleOf(file);
  const start = file.text.lastIndexOf('\n', at - 1) + 1;
  const indent = /^[ \t]*/.exec(file.text.slice(start))?.[0] ?? '';
  return code
    .split('\n')
    .map((line, i) => (i === 0 ? line : indented(file, line, indent)))
    .join(newline);
}

function indented(file: JavascriptFile, line: string, indent: string): string {
  const depth = /^ */.exec(line)?.[0].length ?? 0;
  return styled(file, `${' '.repeat(depth)}//`, indent).slice(0, -2) + line.slice(depth);
}
