import { existsSync, lstatSync, opendirSync } from 'node:fs';
import { join } from 'node:path';
import { visible } from '../../../../finding/visible.ts';
import { readText } from '../../../../scan/project/read-inside.ts';
import type { PackageEcosystem } from '../../package-graph.ts';
import type { PackageVersion } from '../osv/is-affected.ts';
import { type OsvRecord, readOsvRecord } from '../osv/osv-record.ts';
import { packageName } from '../osv/package-name.ts';
import type { AdvisoryAnswer, AdvisoryProblem, AdvisorySource } from './advisory-source.ts';
import { readZip } from './read-zip.ts';
import { tooOld } from './too-old.ts';

const mostRecord = 32 * 1024 * 1024;
const mostFiles = 3_000_000;

export interface DumpOptions {
  /** `2027-01-31` */
  readonly today: string;
  /** In days, of the newest record. */
  readonly maxAge: number;
}

/**
 * A dump of OSV as osv-scanner lays it: `osv-scanner/npm/all.zip` below the folder, or `npm/all.zip`. Instead of `all.zip` there may be
 * a JSON file for each record.
 */
export function osvDump(folder: string, options: DumpOptions): AdvisorySource {
  return {
    name: `the OSV dump in ${visible(folder)}`,
    find: async (packages) => {
      const ecosystems = [...new Set(packages.map(({ ecosystem }) => ecosystem))];
      const parts = ecosystems.map((ecosystem) => findIn(folder, ecosystem, packages, options));
      return {
        records: parts.flatMap(({ records }) => records),
        problems: parts.flatMap(({ problems }) => problems),
        days: Object.assign({}, ...parts.map(({ days }) => days)) as AdvisoryAnswer['days'],
      };
    },
  };
}

function findIn(
  folder: string,
  ecosystem: PackageEcosystem,
  packages: readonly PackageVersion[],
  { today, maxAge }: DumpOptions,
): AdvisoryAnswer {
  const wanted = new Set(
    packages.filter((one) => one.ecosystem === ecosystem).map(({ name }) => packageName(ecosystem, name)),
  );
  const records: OsvRecord[] = [];
  const problems: AdvisoryProblem[] = [];
  let newest = '';
  let count = 0;
  let broken = 0;
  const problem = (text: string): void => {
    problems.push({ text, ecosystem });
  };
  const add = (text: string): void => {
    const record = parseRecord(text);
    if (record === undefined) {
      broken++;
      return;
    }
    count++;
    if ((record.modified ?? '') > newest) newest = record.modified ?? '';
    const isWanted = record.affected.some(
      (one) => one.ecosystem === ecosystem && wanted.has(packageName(ecosystem, one.name)),
    );
    if (isWanted) records.push(record);
  };
  const at = [join(folder, 'osv-scanner', ecosystem), join(folder, ecosystem)].find((one) => existsSync(one));
  if (at === undefined) {
    problem(`It has no advisories for ${ecosystem}.`);
    return { records, problems, days: {} };
  }
  try {
    readRecords(at, add);
  } catch (error) {
    problem(`Its data for ${ecosystem} ${error instanceof Error ? visible(error.message) : 'is broken'}.`);
  }
  const day = newest.slice(0, 10);
  if (broken > 0) problem(`${broken} of its records for ${ecosystem} can't be read.`);
  if (count === 0) problem(`It is empty for ${ecosystem}.`);
  else if (problems.length === 0) problems.push(...tooOld(day, ecosystem, today, maxAge));
  return { records, problems, days: day === '' ? {} : { [ecosystem]: day } };
}

function readRecords(folder: string, add: (text: string) => void): void {
  const archive = join(folder, 'all.zip');
  if (existsSync(archive)) {
    readZip(archive, (name, bytes) => {
      if (name.endsWith('.json')) add(bytes.toString('utf8'));
    });
    return;
  }
  const open = opendirSync(folder);
  try {
    let count = 0;
    for (let entry = open.readSync(); entry !== null; entry = open.readSync()) {
      if (!entry.name.endsWith('.json')) continue;
      if (++count > mostFiles) throw new Error('has too many files');
      const file = join(folder, entry.name);
      const read = lstatSync(file).isFile() ? readText(file, mostRecord) : { skip: 'unreadable' };
      add('text' in read ? read.text : '');
    }
  } finally {
    open.closeSync();
  }
}

function parseRecord(text: string): OsvRecord | undefined {
  try {
    return readOsvRecord(JSON.parse(text));
  } catch {
    return undefined;
  }
}
