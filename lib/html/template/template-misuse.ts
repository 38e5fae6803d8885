import type { MisuseCode } from '../../refusal/codes.ts';
import { Misuse } from '../../refusal/misuse.ts';

/**
 * A template is read as one string, in which each hole is a NUL: the one character that no HTML document can hold, and
 * that static text is therefore refused for.
 */
export const hole = '\0';

/** A place in a template. */
export interface Spot {
  readonly source: string;
  readonly at: number;
}

/** Where in a template a mistake is, for a reader. */
export interface Excerpt {
  /** From 1, within the template. */
  readonly row: number;
  readonly column: number;
  /** The line, and below it a line with a caret. */
  readonly text: string;
}

const excerpts = new WeakMap<Misuse, Excerpt>();

/** The mistake, the place in the template, and the line with a caret below it. */
export function templateMisuse(code: MisuseCode, source: string, at: number, hint?: string): Misuse {
  const excerpt = excerptAt(source, at);
  const where = `Line ${excerpt.row}, column ${excerpt.column}:\n\n${excerpt.text}`;
  const misuse = new Misuse(code, where, hint === undefined ? {} : { hint });
  excerpts.set(misuse, excerpt);
  return misuse;
}

/** The same for a value, which only a call finds out about. */
export function misuseAt(code: MisuseCode, { source, at }: Spot, hint?: string): Misuse {
  return templateMisuse(code, source, at, hint);
}

/** Where the mistake is, if it is one of a template. */
export function excerptOf(misuse: Misuse): Excerpt | undefined {
  return excerpts.get(misuse);
}

function excerptAt(source: string, at: number): Excerpt {
  const lineStart = source.lastIndexOf('\n', at - 1) + 1;
  const lineEnd = source.indexOf('\n', at);
  const line = source.slice(lineStart, lineEnd === -1 ? undefined : lineEnd);
  const row = countOf('\n', source.slice(0, lineStart)) + 1;
  const before = shown(line.slice(0, at - lineStart));
  // A minified page is one line; only what surrounds the caret helps.
  const from = Math.max(0, before.length - 60);
  const excerpt = shown(line).slice(from, from + 100);
  const text = `  ${excerpt}\n  ${' '.repeat(before.length - from)}^`;
  return { row, column: before.length + 1, text };
}

function shown(text: string): string {
  return text.replaceAll(hole, `\${...}`).replaceAll('\t', ' ');
}

function countOf(character: string, text: string): number {
  return text.split(character).length - 1;
}
