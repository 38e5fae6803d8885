import type { MisuseCode } from '../../refusal/codes.ts';
import { Misuse } from '../../refusal/misuse.ts';

/** A template is read as one string in which each hole is a NUL, which no SQL text can hold. */
export const hole = '\0';

/** The mistake, the place in the template, and the line with a caret below it. */
export function templateMisuse(code: MisuseCode, source: string, at: number, hint?: string): Misuse {
  return new Misuse(code, placeIn(source, at), hint === undefined ? {} : { hint });
}

/** The line and the column, and the line itself with a caret below it. */
export function placeIn(source: string, at: number): string {
  const lineStart = source.lastIndexOf('\n', at - 1) + 1;
  const lineEnd = source.indexOf('\n', at);
  const line = source.slice(lineStart, lineEnd === -1 ? undefined : lineEnd);
  const row = source.slice(0, lineStart).split('\n').length;
  const before = shown(line.slice(0, at - lineStart));
  const from = Math.max(0, before.length - 60);
  const excerpt = shown(line).slice(from, from + 100);
  return `Line ${row}, column ${before.length + 1}:\n\n  ${excerpt}\n  ${' '.repeat(before.length - from)}^`;
}

function shown(text: string): string {
  return text.replaceAll(hole, `\${...}`).replaceAll('\t', ' ');
}
