import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createFolder } from '../../../../scan/testing/folder.ts';
import type { PackageVersion } from '../osv/is-affected.ts';
import type { AdvisoryAnswer } from './advisory-source.ts';
import { osvDump } from './osv-dump.ts';

const folders: { remove(): void }[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});

const lodash: PackageVersion = { ecosystem: 'npm', name: 'lodash', version: '4.17.20' };

function record(id: string, name: string, modified = '2026-11-30T10:00:00Z', ecosystem = 'npm'): string {
  return JSON.stringify({
    id,
    modified,
    affected: [{ package: { ecosystem, name }, versions: ['4.17.20'] }],
  });
}

function dump(files: Readonly<Record<string, string>>): string {
  const folder = createFolder(files);
  folders.push(folder);
  return folder.path;
}

/** `all.zip` by the program zip, in the layout of osv-scanner. */
function zipped(files: Readonly<Record<string, string>>, ...options: readonly string[]): string {
  const folder = dump(files);
  const target = join(folder, 'osv-scanner', 'npm');
  mkdirSync(target, { recursive: true });
  execFileSync('zip', ['-q', ...options, join(target, 'all.zip'), ...Object.keys(files)], { cwd: folder });
  return folder;
}

function find(folder: string, packages: readonly PackageVersion[] = [lodash]): Promise<AdvisoryAnswer> {
  return osvDump(folder, { today: '2026-12-01', maxAge: 7 }).find(packages);
}

function problems({ problems: all }: AdvisoryAnswer): readonly string[] {
  return all.map(({ text }) => text);
}

describe('a dump of OSV', () => {
  const files = { 'A-1.json': record('A-1', 'lodash'), 'A-2.json': record('A-2', 'express') };

  it.each([
    ['an archive', zipped(files)],
    ['an archive without compression', zipped(files, '-0')],
    ['an archive of Zip64', zipped(files, '-fz')],
    ['files', dump({ 'npm/A-1.json': files['A-1.json'], 'npm/A-2.json': files['A-2.json'] })],
    ['files as osv-scanner lays them', dump({ 'osv-scanner/npm/A-1.json': files['A-1.json'] })],
  ])('is read from %s', async (_, folder) => {
    const answer = await find(folder);
    expect(problems(answer)).toEqual([]);
    expect(answer.records.map(({ id }) => id)).toEqual(['A-1']);
    expect(answer.days).toEqual({ npm: '2026-11-30' });
  });

  it('finds names of PyPI however they are written', async () => {
    const folder = dump({ 'PyPI/P-1.json': record('P-1', 'Zope.Interface', undefined, 'PyPI') });
    const answer = await find(folder, [{ ecosystem: 'PyPI', name: 'zope-interface', version: '1' }]);
    expect(answer.records.map(({ id }) => id)).toEqual(['P-1']);
  });

  it('has a problem where it has no data', async () => {
    expect(problems(await find(dump({ 'PyPI/P-1.json': '{}' })))).toEqual(['It has no advisories for npm.']);
    expect(problems(await find(dump({ 'npm/readme.txt': '' })))).toEqual(['It is empty for npm.']);
    expect(problems(await find('/nowhere/at/all'))).toEqual(['It has no advisories for npm.']);
  });

  it('has a problem where the data is old, and none on the last day', async () => {
    const old = dump({ 'npm/A-1.json': record('A-1', 'lodash', '2026-11-23T23:00:00Z') });
    expect(problems(await find(old))).toEqual([
      'Its newest record for npm is of 2026-11-23, which is more than 7 days ago.',
    ]);
    const last = dump({ 'npm/A-1.json': record('A-1', 'lodash', '2026-11-24T00:00:00Z') });
    expect(problems(await find(last))).toEqual([]);
    const undated = dump({ 'npm/A-1.json': '{"id":"A-1"}' });
    expect(problems(await find(undated))).toEqual(['Its records for npm have no date.']);
  });

  it('has a problem where a record is broken, and keeps the others', async () => {
    const answer = await find(dump({ 'npm/A-1.json': files['A-1.json'], 'npm/B.json': '{"id":' }));
    expect(problems(answer)).toEqual(["1 of its records for npm can't be read."]);
    expect(answer.records).toHaveLength(1);
  });

  it.each([
    ['cut', (bytes: Buffer) => bytes.subarray(0, bytes.length - 30)],
    ['empty', () => Buffer.alloc(0)],
    ['no archive', () => Buffer.from('x'.repeat(200))],
    ['an archive whose directory leads nowhere', (bytes: Buffer) => spoilt(bytes, bytes.length - 6)],
    [
      'an archive whose directory is broken',
      (bytes: Buffer) => spoilt(bytes, bytes.indexOf('PK\u0001\u0002')),
    ],
    [
      'an archive whose first file is changed',
      (bytes: Buffer) => spoilt(bytes, bytes.indexOf('PK\u0003\u0004', 10) - 40),
    ],
  ])('has a problem with %s', async (_, change) => {
    const folder = zipped(files);
    const archive = join(folder, 'osv-scanner/npm/all.zip');
    writeFileSync(archive, change(readFileSync(archive)));
    expect(problems(await find(folder)).length).toBeGreaterThan(0);
  });
});

function spoilt(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.fill(0xfe, at, at + 4);
  return copy;
}
