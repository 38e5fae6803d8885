import { describe, expect, it } from 'vitest';
import { type Sql, sql } from '../index.ts';

const table = sql.table('t', { tags: 'string[]' });

describe('an empty list', () => {
  // PostgreSQL is sent `{}`, which in a column of type jsonb is an object that every object contains.
  it.each<readonly [string, () => Sql]>([
    ['behind `@>`', () => sql`select 1 from t where doc @> ${[]}`],
    ['in brackets behind `@>`', () => sql`select 1 from t where doc @> (${[]})`],
    ['in front of `<@`', () => sql`select 1 from t where ${[]} <@ doc`],
  ])('is refused %s, where the statement does not say that it is an array', (_, write) => {
    expect(write).toThrow(
      expect.objectContaining({
        code: 'sql/object-as-value',
        status: 400,
        hint: expect.stringContaining('::text[]'),
      }),
    );
  });

  it.each<readonly [string, () => Sql]>([
    ['with a cast', () => sql`select 1 from t where tags @> ${[]}::text[]`],
    ['with a cast in front of `<@`', () => sql`select 1 from t where cast(${[]} as text[]) <@ tags`],
    ['behind an operand with a cast', () => sql`select 1 from t where tags::text[] @> ${[]}`],
    ['beside an array column', () => sql`select 1 from ${table} where ${table.tags} @> ${[]}`],
    ['in front of an array column', () => sql`select 1 from ${table} where ${[]} <@ ${table.tags}`],
    ['where it contains nothing', () => sql`select 1 from t where tags <@ ${[]}`],
    ['where it overlaps nothing', () => sql`select 1 from t where tags && ${[]}`],
    ['in `any`', () => sql`select 1 from t where name = any(${[]})`],
    ['with a value in it', () => sql`select 1 from t where tags @> ${['a']}`],
  ])('is bound %s', (_, write) => {
    expect(write).not.toThrow();
  });
});
