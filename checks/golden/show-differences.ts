import type { Difference } from './compare.ts';
import type { PartName } from './snapshot.ts';

/** Of more cases that differ, only the number is told. */
const mostCases = 36;
/** Of a case with more lines than this on one side, the first are shown. */
const mostLines = 12;

/** What differs in a part, for a reader: the counts first, then the cases with their lines before (`-`) and after (`+`). */
export function showDifferences(part: PartName, differences: readonly Difference[]): string[] {
  if (differences.length === 0) return [`${part}: as kept`];
  const count = (kind: Difference['kind']): number => differences.filter((one) => one.kind === kind).length;
  const lines = (side: 'before' | 'after'): number =>
    differences.reduce((sum, one) => sum + one[side].length, 0);
  return [
    `${part}: ${count('changed')} cases changed, ${count('new')} new, ${count('removed')} removed; lines: ${lines('before')} gone, ${lines('after')} new`,
    ...differences
      .slice(0, mostCases)
      .flatMap(({ at, kind, before, after }) => [
        `  ${at}${kind === 'changed' ? '' : ` (${kind})`}`,
        ...shownLines('-', before),
        ...shownLines('+', after),
      ]),
    ...(differences.length > mostCases ? [`  and ${differences.length - mostCases} more cases`] : []),
  ];
}

function shownLines(sign: string, lines: readonly string[]): string[] {
  const more = lines.length - mostLines;
  return [
    ...lines.slice(0, mostLines).map((line) => `    ${sign} ${line}`),
    ...(more > 0 ? [`    ${sign} ${more} more lines`] : []),
  ];
}
