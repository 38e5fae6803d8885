import { expect, it } from 'vitest';
import { sql } from '../../lib/sql/index.ts';
import type { SqliteClient } from '../machine/sqlite.ts';
import { temporary } from './temporary.ts';

export function pollutionTests(client: SqliteClient): void {
  const open = temporary(client);

  it.each([
    ...[
      ['raw', true],
      ['pluck', true],
      ['expand', true],
      ['safeIntegers', true],
      ['integers', 'bigint'],
    ],
    ...[
      ['returnArrays', true],
      ['readBigInts', true],
      ['reader', false],
      ['columns', []],
      ['changes', 9],
    ],
    ...[
      ['readOnly', true],
      ['isolation', 'read committed'],
      ['batch', 0],
      ['timeoutMs', 1],
      ['row', {}],
    ],
    ...[
      ['0', 'evil'],
      ['1', 'evil'],
      ['name', 'evil'],
    ],
  ] as [string, unknown][])(
    'gives the same answer with a polluted Object.prototype.%s',
    async (name, value) => {
      const { db, exec } = open();
      exec('create table t (n integer)');
      const ask = async () => {
        const streamed: unknown[] = [];
        await db.transaction(async (tx) => {
          await tx.execute(sql`insert into t (n) values (${1})`);
          for await (const row of tx.stream(sql`select n from t`)) streamed.push(row);
          await tx.execute(sql`delete from t`);
        });
        const [row] = await db.all(
          sql`select ${'a'} as text, ${7} as number, ${null} as absent, ${new Uint8Array([1])} as bytes, 1 as name`,
        );
        return JSON.stringify([row, streamed]);
      };
      const expected = await ask();
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
      try {
        expect(await ask()).toBe(expected);
      } finally {
        Reflect.deleteProperty(Object.prototype, name);
      }
    },
  );
}
