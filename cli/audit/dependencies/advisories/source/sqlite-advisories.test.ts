import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { missingSqlite } from '../../../../../checks/machine/sqlite.ts';
import { createFolder } from '../../../../scan/testing/folder.ts';
import type { PackageVersion } from '../osv/is-affected.ts';
import {
  type DatabaseSettings,
  record,
  sqliteClient,
  writeAdvisoryDatabase,
} from '../testing/advisory-database.ts';
import type { AdvisoryAnswer } from './advisory-source.ts';
import { openAdvisories } from './open-advisories.ts';

const folders: { remove(): void }[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});

const lodash: PackageVersion = { ecosystem: 'npm', name: 'lodash', version: '4.17.20' };

function database(records: readonly string[], settings?: DatabaseSettings): string {
  const folder = createFolder({});
  folders.push(folder);
  return writeAdvisoryDatabase(folder.path, records, settings);
}

async function find(path: string, packages = [lodash], advisoriesAge = '7'): Promise<AdvisoryAnswer> {
  const opened = openAdvisories({ advisories: path, advisoriesAge }, { cwd: '/', today: '2026-12-01' });
  if (opened === undefined) throw new Error('not opened');
  const answer = await opened.source.find(packages);
  expect(opened.hasProblems()).toBe(answer.problems.length > 0);
  return answer;
}

async function problems(path: string, packages = [lodash], age = '7'): Promise<readonly string[]> {
  return (await find(path, packages, age)).problems.map(({ text }) => text);
}

const usual = [record('A-1', 'lodash'), record('A-2', 'express')];

describe.skipIf(missingSqlite(sqliteClient))('a database of another tool', () => {
  it('is read', async () => {
    const answer = await find(database(usual));
    expect(answer.problems).toEqual([]);
    expect(answer.records.map(({ id }) => id)).toEqual(['A-1']);
    expect(answer.days).toEqual({ npm: '2026-11-30' });
  });

  it.each([512, 4096, 65_536])('is read with pages of %i bytes, and rows of many pages', async (size) => {
    const many = Array.from({ length: 600 }, (_, index) =>
      record(
        `B-${index}`,
        index % 100 === 0 ? 'lodash' : 'express',
        undefined,
        'x'.repeat((index * 37) % 9000),
      ),
    );
    const answer = await find(database(many, { before: `PRAGMA page_size = ${size};` }));
    expect(answer.problems).toEqual([]);
    expect(answer.records.map(({ id }) => id)).toEqual(['B-0', 'B-100', 'B-200', 'B-300', 'B-400', 'B-500']);
  });

  it('has a problem without advisories for an ecosystem', async () => {
    expect(await problems(database([]))).toEqual(['It has no advisories for npm.']);
    const python: PackageVersion = { ecosystem: 'PyPI', name: 'django', version: '4.2' };
    expect(await problems(database(usual), [python])).toEqual(['It has no advisories for PyPI.']);
  });

  it('has a problem if it was fetched long ago, at no time, or in the future', async () => {
    const sync = '2026-11-20T08:00:00.000Z';
    const old = 'It was fetched on 2026-11-20, which is more than 7 days ago.';
    expect(await problems(database(usual, { sync }))).toEqual([old]);
    expect(await problems(database(usual, { sync }), [lodash], '20')).toEqual([]);
    expect(await problems(database(usual, { sync: '2026-11-24T00:00:00Z' }))).toEqual([]);
    expect(await problems(database(usual, { sync: '' }))).toEqual(["It doesn't say when it was fetched."]);
    expect(await problems(database(usual, { sync: 'yesterday' }))).toEqual([
      "It doesn't say when it was fetched.",
    ]);
    expect(await problems(database(usual, { sync: '2099-01-01T00:00:00Z' }))).toEqual([
      'It says that it was fetched on 2099-01-01, which is still to come.',
    ]);
  });

  it('has a problem if its newest record is old, as of a mirror that stands still', async () => {
    expect(await problems(database([record('A-1', 'lodash', '2026-10-01T00:00:00Z')]))).toEqual([
      'Its newest record for npm is of 2026-10-01, which is more than 7 days ago.',
    ]);
  });

  it('has a problem with records that are broken, and keeps the others', async () => {
    const answer = await find(database([...usual, '{"id":']));
    expect(answer.problems.map(({ text }) => text)).toEqual(["1 of its records can't be read."]);
    expect(answer.records).toHaveLength(1);
  });

  it('has a problem if changes wait beside it', async () => {
    const path = database(usual);
    writeFileSync(`${path}-wal`, '');
    expect(await problems(path)).toEqual([]);
    writeFileSync(`${path}-wal`, 'x');
    expect(await problems(path)).toEqual(['Changes of it wait in the file -wal beside it.']);
  });

  it('has a problem where it is cut, has other tables, or is in UTF-16', async () => {
    const cut = database(usual);
    truncateSync(cut, 4096);
    expect(await problems(cut)).toContain('It is cut.');
    const header = database(usual);
    truncateSync(header, 20);
    expect(await problems(header)).toContain('It was cut.');
    const other = database([], { before: 'CREATE TABLE notes (text);' });
    const bytes = readFileSync(other);
    writeFileSync(other, bytes.toString('latin1').replaceAll('advisories', 'advisorios'), 'latin1');
    expect(await problems(other)).toContain('It has no table of advisories.');
    expect(await problems(database(usual, { before: "PRAGMA encoding = 'UTF-16';" }))).toContain(
      'It is not in UTF-8.',
    );
  });

  it('answers whatever byte is broken', { timeout: 60_000 }, async () => {
    const path = database(usual);
    const whole = readFileSync(path);
    for (let at = 16; at < whole.length; at += at < 110 ? 1 : 41) {
      const copy = Buffer.from(whole);
      copy[at] = (copy[at] ?? 0) ^ 0xff;
      writeFileSync(path, copy);
      await expect(find(path)).resolves.toHaveProperty('problems');
    }
  });

  it('ends where pages point to each other', async () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      record(`B-${index}`, 'lodash', undefined, 'x'.repeat(900)),
    );
    const path = database(many);
    const bytes = readFileSync(path);
    for (let page = 1; page * 4096 < bytes.length; page++) {
      const start = page * 4096;
      // The last child of an inner page of a table is itself.
      if (bytes[start] === 5) bytes.writeUInt32BE(page + 1, start + 8);
    }
    writeFileSync(path, bytes);
    expect(await problems(path)).toContain('It is broken: a page is used twice.');
  });
});
