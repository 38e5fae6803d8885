import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createFolder } from '../../../../scan/testing/folder.ts';
import { openSubject } from '../../../subject/open-subject.ts';
import type { LockedPackage, LockFile } from '../../package-graph.ts';
import { lockFiles } from '../read-lock-files.ts';
import { readLockCases } from '../testing/lock-cases.ts';

/**
 * Lock files of real packages, written by the managers (npm 10, pnpm 7, 8 and 10, yarn 1 and 4, bun 1.4), each with the list that the
 * manager gives of it. pnpm and bun list only what this platform installs.
 */
const managers = [
  { name: 'npm', format: '3', named: 'real' },
  { name: 'npm2', format: '2', named: 'real' },
  { name: 'npm1', format: '1', named: 'real' },
  { name: 'pnpm7', format: '5.4', named: 'real', isOfPlatform: true },
  { name: 'pnpm8', format: '6.0', named: 'real', isOfPlatform: true },
  { name: 'pnpm10', format: '9.0', named: 'real', isOfPlatform: true },
  { name: 'yarn1', format: '1', named: 'installed' },
  { name: 'yarn4', format: '10', named: 'real' },
  { name: 'bun', format: '2', named: 'installed', isOfPlatform: true },
] as const;

describe.each(managers)('lock files of $name', ({ name, format, named, ...manager }) => {
  const cases = readLockCases(readFileSync(new URL(`./managers/${name}.cases`, import.meta.url), 'utf8'));

  it.each(cases)('$title', ({ files }) => {
    const { listing = '', ...own } = files;
    const lock = locked(own);
    expect(lock.problems).toEqual([]);
    expect(lock.format).toBe(format);
    const outside = lock.packages.filter(({ source }) => source.kind !== 'workspace');
    const text = (one: LockedPackage): string =>
      `${named === 'installed' ? (one.alias ?? one.name) : one.name}@${one.version}`;
    const expected = listing.trim().split('\n');
    const found = [...new Set(outside.map(text))].sort();
    expect(expected.filter((one) => !found.includes(one))).toEqual([]);
    const more = outside.filter((one) => !expected.includes(text(one)));
    // What another platform installs is optional.
    const unexpected = 'isOfPlatform' in manager ? more.filter(({ isOptional }) => !isOptional) : more;
    expect(unexpected.map(text)).toEqual([]);
  });

  it.each(cases)('$title: each package has a source, an integrity, a line, and a way to it', ({ files }) => {
    const { listing, ...own } = files;
    const lock = locked(own);
    const lines = (own[lock.path] ?? '').split('\n');
    expect(listing).toBeDefined();
    for (const one of lock.packages) {
      expect(one.source.kind, one.id).toMatch(/^(?:registry|workspace)$/);
      if (one.source.kind === 'workspace') continue;
      // Yarn 4 has no checksum of what another platform installs.
      if (name !== 'yarn4' || one.marker === undefined)
        expect(one.integrity.length, one.id).toBeGreaterThan(0);
      expect(lines[one.line - 1], one.id).toContain(one.alias ?? one.name);
      expect(one.via.at(-1), one.id).toBe(one.alias ?? one.name);
      expect(one.isDirect, one.id).toBe(one.via.length === 1);
    }
  });
});

function locked(files: Readonly<Record<string, string>>): LockFile {
  const folder = createFolder(files);
  try {
    const [lock, ...others] = lockFiles(openSubject(folder.path, { today: '2026-12-01' }));
    expect(others).toEqual([]);
    if (lock === undefined) throw new Error('no lock file was found');
    return lock;
  } finally {
    folder.remove();
  }
}
