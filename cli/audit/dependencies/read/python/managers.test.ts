import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createFolder } from '../../../../scan/testing/folder.ts';
import { openSubject } from '../../../subject/open-subject.ts';
import type { LockFile } from '../../package-graph.ts';
import { lockFiles } from '../read-lock-files.ts';
import { readLockCases } from '../testing/lock-cases.ts';

/** Each with the list that the library of the manager gives of it (Debian 13: poetry 2.1, pipenv 2024.0, PDM 2.20). */
describe.each(['poetry', 'pipenv', 'pdm'])('lock files of %s', (name) => {
  const cases = readLockCases(readFileSync(new URL(`./managers/${name}.cases`, import.meta.url), 'utf8'));

  it.each(cases)('$title', ({ files }) => {
    const { listing = '', ...own } = files;
    const [lock] = locks(own);
    expect(lock?.problems).toEqual([]);
    const found = [...new Set(lock?.packages.map((one) => `${one.name}@${one.version ?? ''}`))].sort();
    expect(found).toEqual(listing.trim().split('\n'));
    for (const one of lock?.packages ?? []) {
      const line = own[one.path]?.split('\n')[one.line - 1] ?? '';
      expect(line.toLowerCase(), one.id).toMatch(name === 'pipenv' ? `"${one.name}"` : /^\[\[package\]\]/);
    }
  });
});

describe('what lock files of Python say of their packages', () => {
  const [old, sources] = readLockCases(
    readFileSync(new URL('./managers/poetry.cases', import.meta.url), 'utf8'),
  );
  it('tells development from production by categories, groups and manifests', () => {
    expect(flags(old?.files)).toEqual({
      asgiref: 'production',
      django: 'production direct',
      colorama: 'dev',
      pytest: 'dev direct',
    });
    expect(flags(sources?.files)).toMatchObject({ 'sphinx-lite': 'dev direct', tool: 'production direct' });
  });

  it('tells sources', () => {
    const found = Object.fromEntries(packages(sources?.files).map(({ name, source }) => [name, source]));
    expect(found['tool']).toEqual({
      kind: 'git',
      url: 'https://github.com/example/tool.git',
      host: 'github.com',
      commit: '0123456789abcdef0123456789abcdef01234567',
    });
    expect(found['shared']).toEqual({ kind: 'file', location: '../shared' });
    expect(found['sphinx-lite']).toMatchObject({ kind: 'registry', host: 'pypi.example.com' });
  });

  it('never shows credentials', () => {
    const [pipenv] = readLockCases(readFileSync(new URL('./managers/pipenv.cases', import.meta.url), 'utf8'));
    expect(JSON.stringify(packages(pipenv?.files))).not.toContain('secret');
    expect(packages(pipenv?.files).find(({ name }) => name === 'requests')?.source).toMatchObject({
      host: 'pypi.example.com',
    });
  });
});

/** Labelled by hand: what the specification of each format says. */
describe('labelled lock files', () => {
  const cases = readLockCases(readFileSync(new URL('./labelled.cases', import.meta.url), 'utf8'));
  it.each(cases)('$title', ({ files }) => {
    const { listing = '', ...own } = files;
    const [lock] = locks(own);
    const found = (lock?.packages ?? []).map((one) => {
      const where =
        one.source.kind === 'git' ? `git${one.source.commit === undefined ? '' : '#'}` : one.source.kind;
      return [
        `${one.name}@${one.version ?? one.range ?? ''}`,
        where,
        ...one.extras.map((extra) => `+${extra}`),
        one.integrity.length === 0 ? '' : `${one.integrity.length} hashes`,
        one.marker === undefined ? '' : 'marker',
        one.isEditable ? 'editable' : '',
        one.isDev ? 'dev' : '',
        one.isOptional ? 'optional' : '',
        `${one.path}:${one.line}`,
      ]
        .filter((part) => part !== '')
        .join(' ');
    });
    expect([...found, ...(lock?.problems ?? []).map(({ text }) => `problem: ${text}`)].sort()).toEqual(
      listing.trim().split('\n').sort(),
    );
  });
});

function flags(files: Readonly<Record<string, string>> | undefined): Record<string, string> {
  return Object.fromEntries(
    packages(files).map((one) => [
      one.name,
      [one.isDev ? 'dev' : 'production', one.isDirect ? 'direct' : '', one.isOptional ? 'optional' : '']
        .filter((part) => part !== '')
        .join(' '),
    ]),
  );
}

function packages(files: Readonly<Record<string, string>> | undefined): LockFile['packages'] {
  const { listing, ...own } = files ?? {};
  expect(listing).toBeDefined();
  return locks(own)[0]?.packages ?? [];
}

function locks(files: Readonly<Record<string, string>>): readonly LockFile[] {
  const folder = createFolder(files);
  try {
    return lockFiles(openSubject(folder.path, { today: '2026-12-01' }));
  } finally {
    folder.remove();
  }
}
