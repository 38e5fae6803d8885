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

/** A value as code in the file's quotes, in lines that are indented by two spaces. */
export function written(file: JavascriptFile, value: Written): string {
  return valueCode(value, styleOf(file).quote, 0);
}

type Quote = "'" | '"';

function valueCode(value: Written, quote: Quote, depth: number): string {
  if (value instanceof Expression) return value.code;
  if (typeof value === 'string') return quoted(value, quote);
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value))
    return `[${value.map((one: Written) => valueCode(one, quote, depth)).join(', ')}]`;
  const entries = Object.entries(value).map(([name, one]) => {
    const key = /^[a-zA-Z_$][\w$]*$/.test(name) ? name : quoted(name, quote);
    return [key, one] as const;
  });
  if (entries.length === 0) return '{}';
  const line = `{ ${entries.map(([key, one]) => `${key}: ${valueCode(one, quote, depth)}`).join(', ')} }`;
  if (line.length <= 60 && !line.includes('\n')) return line;
  const indent = '  '.repeat(depth + 1);
  const lines = entries.map(([key, one]) => `${indent}${key}: ${valueCode(one, quote, depth + 1)},`);
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
}

/** In the other quotes if that saves escapes: sources of a policy have single ones. */
function quoted(text: string, preferred: Quote): string {
  const other = preferred === "'" ? '"' : "'";
  const quote = text.includes(preferred) && !text.includes(other) ? other : preferred;
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return quote + escaped.replaceAll(quote, `\\${quote}`) + quote;
}

/** Code in the indentation of the line that it is put into. */
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
