import { describe, expect, it } from 'vitest';
import { allPlaces } from '../attack/all-attacks.ts';
import { type CodeRow, compareCode } from './compare-code.ts';

const spots = [
  ...new Map(
    allPlaces.flatMap(({ code }) => code.map((spot) => [`${spot.file} ${spot.name ?? ''}`, spot] as const)),
  ),
];

const text = (line: CodeRow['defended']): string => line?.map((piece) => piece.text).join('') ?? '';

describe('compareCode', () => {
  it.each(spots)('shows how %s differs', (_name, spot) => {
    const rows = compareCode(spot).blocks.flat();
    expect(rows.filter(({ changed }) => changed).length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThanOrEqual(30);
    for (const { changed, undefended, defended } of rows) {
      if (!changed) expect(text(undefended)).toBe(text(defended));
    }
  });

  it('keeps every character of a line, with the kind of each token', () => {
    const [row] = compareCode({ file: 'store.ts', name: 'user' }).blocks.flat();
    expect(text(row?.defended)).toBe('async user(id) {');
    expect(row?.defended).toContainEqual({ text: 'async', kind: 'keyword' });
  });
});
