import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { type Sql, sql } from '../index.ts';
import { forPg } from '../pg/index.ts';

beforeAll(() => void configureEvents({ sinks: [] }));

const text = (query: Sql): string => forPg(sql`${query} `).text.trim();
const [a, b] = [sql`a = ${1} or x`, sql`b = ${2}`];

describe('and, or', () => {
  it.each([
    [sql.and(a, b), '((a = $1 or x) and (b = $2))'],
    [sql.or(a, b), '((a = $1 or x) or (b = $2))'],
    [sql.and(a, undefined, null, false, '', b), '((a = $1 or x) and (b = $2))'],
    [sql.and(a), '((a = $1 or x))'],
    [sql.and(sql.or(a, b), sql`c`), '((((a = $1 or x) or (b = $2))) and (c))'],
    [sql.and(sql`a -- comment`, b), '((a -- comment\n) and (b = $1))'],
  ])('keep what is in them together: %#', (query, expected) => {
    expect(text(query)).toBe(expected);
  });

  it('are true and false without conditions', () => {
    expect(text(sql.and())).toBe('true');
    expect(text(sql.and(undefined))).toBe('true');
    expect(text(sql.or(false, ''))).toBe('false');
  });

  it.each([
    ...['a = 1', 0, 0n, Number.NaN, true].map((part) => [part, 'sql/invalid-value'] as const),
    ...[{}, [], [a]].map((part) => [part, 'sql/object-as-value'] as const),
  ])('refuse %o, which a client can send', (part, code) => {
    for (const combine of [sql.and, sql.or]) {
      expect(() => combine(a, part as unknown as Sql)).toThrow(
        expect.objectContaining({ name: 'Refusal', code, status: 400 }),
      );
    }
  });

  it.each([() => a, Symbol('x')])('take no %o', (part) => {
    expect(() => sql.and(part as unknown as Sql)).toThrow(
      expect.objectContaining({ name: 'Misuse', code: 'sql/invalid-part' }),
    );
  });
});

describe('join', () => {
  it.each([
    [sql.join([a, b]), 'a = $1 or x, b = $2'],
    [sql.join([1, 'x', b]), '$1, $2, b = $3'],
    [sql.join([sql`select 1`, sql`select 2`], sql` union all `), 'select 1 union all select 2'],
    [sql.join([sql`-1`, sql`-2`], sql`-`), '-1 - -2'],
    [sql.join([a]), 'a = $1 or x'],
  ])('puts the separator between: %#', (query, expected) => {
    expect(text(query)).toBe(expected);
  });

  it('adds nothing without parts', () => {
    expect(text(sql`select 1 ${sql.join([])}`)).toBe('select 1');
  });

  it('refuses what is no value, and takes what is', () => {
    const objects = [{ a: 1 }] as unknown as Sql[];
    expect(() => sql.join(objects)).toThrow(expect.objectContaining({ code: 'sql/object-as-value' }));
    expect(text(sql.join([sql.json({ a: 1 })]))).toBe('$1');
  });

  it('takes lists and separators that are one', () => {
    const code = 'sql/invalid-part';
    expect(() => sql.join('ab' as unknown as Sql[])).toThrow(expect.objectContaining({ code }));
    expect(() => sql.join([a], '; drop' as unknown as Sql)).toThrow(expect.objectContaining({ code }));
  });
});

describe('the size of a statement', () => {
  it('is bounded by what the protocol can count', () => {
    const many = (length: number) =>
      sql`select 1 where 1 in (${sql.join(new Array<number>(length).fill(1))})`;
    expect(forPg(many(65_535)).values).toHaveLength(65_535);
    expect(() => forPg(many(65_536))).toThrow(
      expect.objectContaining({ code: 'sql/too-large', status: 413 }),
    );
  });

  it('is bounded by what the server takes', () => {
    const long = 'x'.repeat(1_000_000);
    const copies = (length: number) => sql`select ${new Array<string>(length).fill(long)}::text[]`;
    expect(forPg(copies(100)).values).toHaveLength(1);
    expect(() => forPg(copies(300))).toThrow(expect.objectContaining({ code: 'sql/too-large' }));
  });
});
