import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMariadb } from '../machine/mariadb.ts';
import { missing } from '../machine/missing.ts';
import { startPostgres } from '../machine/postgres.ts';
import { missingSqlite } from '../machine/sqlite.ts';
import { root } from '../repository.ts';
import type { Asked, Differs } from './polluted-child.ts';

const child = fileURLToPath(new URL('polluted-child.ts', import.meta.url));

/** Each driver, its server, and what it reads of its own functions, where nothing that a handle gives it reaches. */
const drivers = [
  {
    // The pool reads it when it is made, before anything of ours: as a record it is an error, and no answer is another.
    ...{ driver: 'pg', server: startPostgres, reason: missing('postgres') },
    known: ['connectionTimeoutMillis a record'],
  },
  // Its parsers of columns say by `array` whether they read lists, and it asks the functions for it (3.4.9).
  { driver: 'postgres.js', server: startPostgres, reason: missing('postgres'), known: [] },
  { driver: 'mysql2', server: startMariadb, reason: missing('mariadb'), known: [] },
  {
    driver: 'better-sqlite3',
    server: async () => ({ url: '', stop: async () => undefined }),
    reason: missingSqlite('better-sqlite3'),
    known: [],
  },
];

/** In a process of its own: each helper and driver gives the same with a polluted `Object.prototype` (CWE-1321). */
export function pollutionTests(keysOf: (driver: string) => readonly string[]): void {
  it('the helpers write the same, whatever Object.prototype holds', { timeout: 900_000 }, async () => {
    // They are the same for every driver, so once for all keys is enough.
    const keys = [...new Set(drivers.flatMap(({ driver }) => keysOf(driver)))];
    expect(await run({ driver: undefined, url: '', keys })).toEqual(['done']);
  });

  describe.each(drivers)('$driver', ({ driver, server, reason, known }) => {
    describe.skipIf(reason)(`gives the same answers${reason ? `: ${reason}` : ''}`, () => {
      let url = '';
      let stop = async (): Promise<void> => undefined;
      beforeAll(async () => {
        ({ url, stop } = await server());
      });
      afterAll(() => stop());

      it('whatever Object.prototype holds', { timeout: 900_000 }, async () => {
        const lines = await run({ driver, url, keys: keysOf(driver) });
        expect(lines.at(-1)).toBe('done');
        const differing = lines.slice(0, -1) as readonly Differs[];
        expect(differing.filter(({ key, value }) => !known.some((one) => one === `${key} ${value}`))).toEqual(
          [],
        );
      });
    });
  });
}

function run(asked: Asked): Promise<readonly (Differs | 'done')[]> {
  const args = ['--import', 'tsx', child, JSON.stringify(asked)];
  return new Promise((done, fail) => {
    execFile(process.execPath, args, { cwd: root, timeout: 850_000 }, (error, out, err) => {
      const lines = out.split('\n').filter((line) => line !== '');
      if (error) fail(new Error(`${lines.at(-1) ?? ''} ${err}`, { cause: error }));
      else done(lines.map((line) => JSON.parse(line) as Differs | 'done'));
    });
  });
}
