import { beforeAll, describe, expect, it } from 'vitest';
import { type Case, compilePrograms, mark, type Said } from './compile-cases.ts';
import { databaseCases } from './database-cases.ts';
import { driverCases } from './driver-cases.ts';
import { helperCases } from './helper-cases.ts';
import { holeCases } from './hole-cases.ts';
import { tableCases } from './table-cases.ts';
import { tagCases } from './tag-cases.ts';

const groups: readonly (readonly [string, readonly Case[]])[] = [
  ['a hole', holeCases],
  ['the tag', tagCases],
  ['a helper', helperCases],
  ['a table', tableCases],
  ['a database', databaseCases],
  ['a driver', driverCases],
];

describe('does not compile', () => {
  const cases = groups.flatMap(([, list]) => list);
  let said: ReadonlyMap<Case, { readonly program: readonly Said[]; readonly twin: readonly Said[] }>;

  beforeAll(() => {
    const all = compilePrograms(cases.flatMap(({ program, twin }) => [program, twin]));
    said = new Map(cases.map((one, i) => [one, { program: all[2 * i] ?? [], twin: all[2 * i + 1] ?? [] }]));
  });

  describe.each(groups)('%s:', (_, list) => {
    it.each(list.map((one) => [one.name, one] as const))('%s', (_name, one) => {
      const [first] = said.get(one)?.program ?? [];
      expect(firstOf(first?.message ?? '', one.message)).toBe(one.message);
      expect(first?.start).toBe(one.program.indexOf(mark) + mark.length);
      expect(said.get(one)?.twin).toEqual([]);
    });
  });

  it('in 150 ways, each with a name', () => {
    expect(new Set(cases.map(({ program }) => program)).size).toBe(cases.length);
    expect(cases.length).toBeGreaterThan(150);
  });
});

/** As many lines as are expected. The members of a union come in an order that depends on what was compiled before. */
function firstOf(said: string, expected: string): string {
  const lines = said.split('\n').slice(0, expected.split('\n').length).join('\n');
  const words = (text: string) => text.split(/[\s|'",]+/).sort();
  return words(lines).join(' ') === words(expected).join(' ') ? expected : lines;
}
