import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../../checks/machine/databases.ts';
import { conditionCases } from '../../checks/sql-dialects/condition-cases.ts';
import { jsonCases } from '../../checks/sql-dialects/json-cases.ts';
import { likeCases } from '../../checks/sql-dialects/like-cases.ts';
import { orderCases } from '../../checks/sql-dialects/order-cases.ts';
import { pageCases } from '../../checks/sql-dialects/page-cases.ts';
import { resultOf, setup } from '../../checks/sql-dialects/run-case.ts';
import { tableCases } from '../../checks/sql-dialects/table-cases.ts';
import { valueCases } from '../../checks/sql-dialects/value-cases.ts';
import { configureEvents } from '../event/index.ts';
import type { Dialect } from './dialect/dialect.ts';
import { mysql } from './dialect/mysql.ts';
import { postgres } from './dialect/postgres.ts';
import { sqlite } from './dialect/sqlite.ts';
import { type Database, sql } from './index.ts';
import { render } from './render/render.ts';

const dialects: { readonly [D in Dialect['name']]: Dialect } = { postgres, mysql, sqlite };
const cases = [
  ...valueCases.map((each) => ({ ...each, name: `a value: ${each.name}` })),
  ...conditionCases.map((each) => ({ ...each, name: `a condition: ${each.name}` })),
  ...likeCases.map((each) => ({ ...each, name: `a pattern: ${each.name}` })),
  ...orderCases.map((each) => ({ ...each, name: `an order: ${each.name}` })),
  ...pageCases.map((each) => ({ ...each, name: `a page: ${each.name}` })),
  ...jsonCases.map((each) => ({ ...each, name: `JSON: ${each.name}` })),
  ...tableCases.map((each) => ({ ...each, name: `a table: ${each.name}` })),
];

beforeAll(() => void configureEvents({ sinks: [] }));

describe.each(databaseKinds)('statements for $title', ({ dialect }) => {
  it.each(cases)('$name', ({ query, [dialect]: wanted }) => {
    if ('refused' in wanted) {
      expect(() => render(query(), dialects[dialect])).toThrow(
        expect.objectContaining({ code: wanted.refused }),
      );
      return;
    }
    const { text, values } = render(query(), dialects[dialect]);
    expect({ text, values }).toEqual(wanted);
  });
});

describe.each(databaseKinds)('statements on $title', ({ dialect, why, open, types }) => {
  describe.skipIf(why)(`with a database of it${why ? `: ${why}` : ''}`, () => {
    let db: Database;
    let stop: () => unknown = () => undefined;

    beforeAll(async () => {
      ({ db, stop } = await open());
      await setup(db, types);
    });

    afterAll(() => stop());

    it.each(cases)('$name', async ({ query, after, rows, [dialect]: wanted }) => {
      // It runs twice: the second time some are known to the tag, and prepared on the server.
      for (let i = 0; i < 2; i++) {
        const result = resultOf(db, { query, ...(after && { after }) });
        if ('refused' in wanted) await expect(result).rejects.toMatchObject({ code: wanted.refused });
        else expect(await result).toEqual(rows);
      }
    });
  });
});

describe('the table of statements', () => {
  it('has a case for each helper', () => {
    const sources = cases.map(({ query }) => String(query)).join('\n');
    const used = Object.keys(sql).filter((helper) => sources.includes(`.${helper}(`));
    // These are called by functions beside the table.
    const all = new Set([...used, 'orderBy', 'keyset', 'upsert', 'table', 'as']);
    expect([...all].sort()).toEqual(Object.keys(sql).sort());
    expect(cases.length).toBeGreaterThanOrEqual(80);
  });
});
