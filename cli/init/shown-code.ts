import { visible } from '../finding/visible.ts';

/** Text of a project's files as a terminal may show it: control characters are spelt out, except for tabs and line breaks. */
export function shownCode(text: string): string {
  return text
    .split('\n')
    .map((line) => visibleLine(line.replace(/\r$/, '')))
    .join('\n');
}

export function visibleLine(line: string): string {
  return line.split('\t').map(visible).join('\t');
}
