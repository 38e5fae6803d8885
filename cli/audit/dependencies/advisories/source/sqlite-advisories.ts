import { closeSync, constants, fstatSync, openSync, statSync } from 'node:fs';
import { visible } from '../../../../finding/visible.ts';
import type { PackageEcosystem } from '../../package-graph.ts';
import { type OsvRecord, readOsvRecord } from '../osv/osv-record.ts';
import { packageName } from '../osv/package-name.ts';
import type { AdvisoryAnswer, AdvisoryProblem, AdvisorySource } from './advisory-source.ts';
import type { DumpOptions } from './osv-dump.ts';
import { readAt } from './read-at.ts';
import { openSqlite, readTable, type SqliteFile, sqliteMagic } from './sqlite-table.ts';
import { tooOld } from './too-old.ts';

/** Whether a file begins as a database of SQLite does. */
export function isSqlite(path: string): boolean {
  try {
    return withFile(
      path,
      (descriptor) => readAt(descriptor, 0, sqliteMagic.length).toString('latin1') === sqliteMagic,
    );
  } catch {
    return false;
  }
}

/**
 * The database that `cve-lite advisories sync` writes: `advisories(id, osv_json)` has a record of OSV in each row, and
 * `advisory_db_metadata` the time at which they were fetched. Every record is read, so nothing rests on the ranges that the other tool
 * derived from them.
 */
export function sqliteAdvisories(path: string, options: DumpOptions): AdvisorySource {
  return {
    name: `the database ${visible(path)}`,
    find: async (packages) => {
      const ecosystems = [...new Set(packages.map(({ ecosystem }) => ecosystem))];
      const wanted = new Set(packages.map((one) => keyOf(one.ecosystem, one.name)));
      const found: Found = { records: [], newest: new Map(), broken: 0 };
      const problems: AdvisoryProblem[] = [];
      try {
        withFile(path, (descriptor) => {
          const file = openSqlite(descriptor, fstatSync(descriptor).size);
          problems.push(...unwritten(path), ...syncProblems(file, options));
          readRecords(file, wanted, found);
        });
      } catch (error) {
        problems.push({ text: `It ${error instanceof Error ? visible(error.message) : 'is broken'}.` });
      }
      if (found.broken > 0) problems.push({ text: `${found.broken} of its records can't be read.` });
      for (const ecosystem of ecosystems) {
        const day = found.newest.get(ecosystem);
        if (day === undefined) problems.push({ text: `It has no advisories for ${ecosystem}.`, ecosystem });
        else problems.push(...tooOld(day, ecosystem, options.today, options.maxAge));
      }
      const days = ecosystems.flatMap((one) => {
        const day = found.newest.get(one);
        return day === undefined || day === '' ? [] : [[one, day] as const];
      });
      return { records: found.records, problems, days: Object.fromEntries(days) as AdvisoryAnswer['days'] };
    },
  };
}

interface Found {
  readonly records: OsvRecord[];
  /** The day of the newest record, by ecosystem; empty if they have none. */
  readonly newest: Map<string, string>;
  broken: number;
}

const keyOf = (ecosystem: string, name: string): string =>
  `${ecosystem} ${packageName(ecosystem as PackageEcosystem, name)}`;

function readRecords(file: SqliteFile, wanted: ReadonlySet<string>, found: Found): void {
  const table = readTable(file, 'advisories');
  const column = table?.columns.indexOf('osv_json') ?? -1;
  if (table === undefined || column < 0) throw new Error('has no table of advisories');
  for (const row of table.rows) {
    const record = parseRecord(row[column]);
    if (record === undefined) {
      found.broken++;
      continue;
    }
    const day = (record.modified ?? '').slice(0, 10);
    for (const ecosystem of new Set(record.affected.map((one) => one.ecosystem)))
      if (day >= (found.newest.get(ecosystem) ?? '')) found.newest.set(ecosystem, day);
    if (record.affected.some((one) => wanted.has(keyOf(one.ecosystem, one.name)))) found.records.push(record);
  }
}

function parseRecord(value: unknown): OsvRecord | undefined {
  try {
    return typeof value === 'string' ? readOsvRecord(JSON.parse(value)) : undefined;
  } catch {
    return undefined;
  }
}

/** It is also too old if nobody has fetched it since, and of no use if nobody knows. */
function syncProblems(file: SqliteFile, { today, maxAge }: DumpOptions): readonly AdvisoryProblem[] {
  const table = readTable(file, 'advisory_db_metadata');
  const column = table?.columns.indexOf('last_sync_at') ?? -1;
  const [row] = table === undefined ? [] : [...firstOf(table.rows)];
  const day = String(row?.[column] ?? '').slice(0, 10);
  const age = /^\d{4}-\d\d-\d\d$/.test(day) ? (Date.parse(today) - Date.parse(day)) / 86_400_000 : Number.NaN;
  if (Number.isNaN(age)) return [{ text: "It doesn't say when it was fetched." }];
  if (age < -1) return [{ text: `It says that it was fetched on ${day}, which is still to come.` }];
  return age > maxAge ? [{ text: `It was fetched on ${day}, which is more than ${maxAge} days ago.` }] : [];
}

function* firstOf<T>(rows: Iterable<T>): Generator<T> {
  for (const row of rows) {
    yield row;
    return;
  }
}

/** Files beside it with changes that it doesn't have yet, or has in part. */
function unwritten(path: string): readonly AdvisoryProblem[] {
  return ['-wal', '-journal']
    .filter((end) => (statSync(`${path}${end}`, { throwIfNoEntry: false })?.size ?? 0) > 0)
    .map((end) => ({ text: `Changes of it wait in the file ${end} beside it.` }));
}

function withFile<T>(path: string, use: (descriptor: number) => T): T {
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!fstatSync(descriptor).isFile()) throw new Error('is not a file');
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
