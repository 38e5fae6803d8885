import { readFileSync } from 'node:fs';
import type { CodeSpot } from '../attack/attack.ts';
import type { Side } from '../run/open-lab.ts';

/** The code of one application for a place, as it stands in the file. */
export function codeExcerpt(side: Side, { file, name }: CodeSpot): string {
  const text = readFileSync(new URL(`../${side}/${file}`, import.meta.url), 'utf8');
  return name === undefined ? text : functionIn(text, name);
}

/** From the line that opens the function to the first one that closes it at the same depth. */
function functionIn(text: string, name: string): string {
  const lines = text.split('\n');
  // A type's method of this name ends with a semicolon. A route is named by its first words, such as `app.get('/'`.
  const escaped = name.replace(/[^\w ]/g, '\\$&');
  const opens = new RegExp(`^(\\s*)(?:export )?(?:async )?(?:function )?${escaped}[(,].*\\{$`);
  const start = lines.findIndex((line) => opens.test(line));
  const indent = opens.exec(lines[start] ?? '')?.[1];
  if (indent === undefined) throw new Error(`There is no ${name} in the file.`);
  const end = lines.findIndex((line, i) => i > start && line.startsWith(`${indent}}`));
  return lines
    .slice(start, end + 1)
    .map((line) => line.slice(indent.length))
    .join('\n');
}
