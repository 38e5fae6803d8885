import { describe, expect, it } from 'vitest';
import { Misuse } from '../../refusal/misuse.ts';
import { Refusal } from '../../refusal/refusal.ts';
import { mysql } from '../dialect/mysql.ts';
import { postgres } from '../dialect/postgres.ts';
import { sqlite } from '../dialect/sqlite.ts';
import { sql } from '../index.ts';
import { render } from '../render/render.ts';

const stock = sql.table('shop.stock', {
  sku: 'string',
  place: 'string',
  amount: 'integer',
  note: 'string | null',
});
const upsert = sql.upsert as (...args: readonly unknown[]) => ReturnType<typeof sql.upsert>;
const columns = ['sku', 'place', 'amount'] as const;
const rows = [{ sku: 'A', place: 'x', amount: 1 }];

describe('upsert', () => {
  it.each([
    [
      postgres,
      'insert into "shop"."stock" ("sku", "place", "amount") values ($1, $2, $3) ' +
        'on conflict ("sku", "place") do update set "amount" = "excluded"."amount", "place" = "excluded"."place"',
    ],
    [
      sqlite,
      'insert into `shop`.`stock` (`sku`, `place`, `amount`) values (?, ?, ?) ' +
        'on conflict (`sku`, `place`) do update set `amount` = `excluded`.`amount`, `place` = `excluded`.`place`',
    ],
    [
      mysql,
      'insert into `shop`.`stock` (`sku`, `place`, `amount`) values (?, ?, ?) ' +
        'on duplicate key update `amount` = values(`amount`), `place` = values(`place`)',
    ],
  ])('updates what is there already', (dialect, text) => {
    const query = sql.upsert(stock, {
      columns,
      rows,
      conflict: ['sku', 'place'],
      update: ['amount', 'place'],
    });
    expect(render(query, dialect)).toMatchObject({
      text,
      values: ['A', 'x', 1],
      shown: 'insert into shop.stock',
    });
  });

  it.each([
    [postgres, ' on conflict ("sku") do nothing returning 1'],
    [sqlite, ' on conflict (`sku`) do nothing returning 1'],
    [mysql, ' on duplicate key update `sku` = `sku` returning 1'],
  ])('leaves it alone without columns to update, also inside a template', (dialect, end) => {
    const query = sql`${sql.upsert(stock, { columns, rows, conflict: ['sku'], update: [] })} returning 1`;
    expect(render(query, dialect).text.endsWith(end)).toBe(true);
  });

  it('names the table itself, not its alias', () => {
    const query = sql.upsert(sql.as(stock, 's'), { columns, rows, conflict: ['sku'], update: [] });
    expect(render(query, postgres).text).toMatch(/^insert into "shop"."stock" \("sku"/);
  });

  it.each([
    ['conflict', { conflict: [] }],
    ['conflict', { conflict: undefined }],
    ['conflict', { conflict: ['nope'] }],
    ['conflict', { conflict: ['note'] }],
    ['conflict', { conflict: ['sku', 'sku'] }],
    ['update', { update: undefined }],
    ['update', { update: ['note'] }],
    ['update', { update: ['amount', 'amount'] }],
    ['update', { update: ['amount" = 1, "note'] }],
    ['columns', { columns: ['sku', 'place'] }],
  ])('takes columns of the insert: %s', (_, wrong) => {
    const good = { columns, rows, conflict: ['sku'], update: ['amount'] };
    expect(() => upsert(stock, { ...good, ...wrong })).toThrow(
      expect.objectContaining({ constructor: Misuse, code: 'sql/wrong-columns' }),
    );
    expect(render(upsert(stock, good), postgres).values).toEqual(['A', 'x', 1]);
  });

  it('checks records as values does', () => {
    const given = (row: object, more: object = {}) =>
      upsert(stock, { columns, rows: [row], conflict: ['sku'], update: ['amount'], ...more });
    const row = { sku: 'A', place: 'x', amount: 1 };
    for (const [bad, code] of [
      [{ ...row, amount: '1' }, 'sql/wrong-type'],
      [{ ...row, note: 'x' }, 'sql/unknown-column'],
      [{ sku: 'A', place: 'x' }, 'sql/missing-value'],
    ] as const) {
      expect(() => given(bad)).toThrow(expect.objectContaining({ constructor: Refusal, code }));
    }
    expect(render(given({ ...row, note: 'x' }, { extra: 'ignore' }), postgres).values).toEqual(['A', 'x', 1]);
  });

  it('reads no option through a prototype', () => {
    Object.defineProperty(Object.prototype, 'extra', { value: 'ignore', configurable: true });
    try {
      const given = { columns, rows: [{ ...rows[0], note: 'x' }], conflict: ['sku'], update: [] };
      expect(() => upsert(stock, given)).toThrow(expect.objectContaining({ code: 'sql/unknown-column' }));
    } finally {
      Reflect.deleteProperty(Object.prototype, 'extra');
    }
  });
});
