import { describe, expect, it } from 'vitest';
import { AuditMistake } from '../../../audit-mistake.ts';
import type { LockedPackage } from '../../package-graph.ts';
import { readOsvRecord } from '../osv/osv-record.ts';
import { decisionOn } from './accepted.ts';
import { loadDecisions } from './load-decisions.ts';
import { readDecisions } from './read-decisions.ts';

const entry = `[[accepted]]
advisory = "CVE-2021-23337"
package = "Lodash_x"
path = "package-lock.json"
reason = "Templates are never built from input."
until = 2027-01-31
`;
const read = (text: string): ReturnType<typeof readDecisions> => readDecisions(text, 'd.toml', '2026-12-01');

describe('readDecisions', () => {
  it('reads an entry', () => {
    expect(read(entry)).toEqual([
      {
        advisory: 'CVE-2021-23337',
        package: 'Lodash_x',
        path: 'package-lock.json',
        reason: 'Templates are never built from input.',
        until: '2027-01-31',
      },
    ]);
  });

  it.each([
    ['text that is not TOML', '[[accepted', 'It is not TOML'],
    ['no entry', '', 'It has no [[accepted]] entry.'],
    ['another table', `${entry}[[ignored]]\n`, '"ignored" is not known.'],
    ['another key', `${entry}paths = "a"\n`, 'Entry 1: "paths" is not known.'],
    ['no reason', entry.replace(/reason.*\n/, ''), 'Entry 1: `reason` is missing, or not text.'],
    [
      'an empty path',
      entry.replace('"package-lock.json"', '" "'),
      'Entry 1: `path` is missing, or not text.',
    ],
    ['no day', entry.replace('2027-01-31', '"soon"'), 'Entry 1: `until` is missing, or not a day.'],
    [
      'a day that does not exist',
      entry.replace('2027-01-31', '"2027-02-30"'),
      '`until` is missing, or not a day.',
    ],
    [
      'a day too far ahead',
      entry.replace('2027-01-31', '2030-01-31'),
      '2030-01-31 is more than two years ahead.',
    ],
  ])('refuses %s', (_, text, message) => {
    expect(() => read(text)).toThrow(AuditMistake);
    expect(() => read(text)).toThrow(message);
  });

  it('refuses a named file that is not there, and needs none', () => {
    const subject = { paths: [], read: () => undefined, today: '2026-12-01' };
    expect(loadDecisions(undefined, subject, '/')).toEqual([]);
    expect(() => loadDecisions('/nowhere.toml', subject, '/')).toThrow("can't be read");
    expect(() =>
      loadDecisions(undefined, { ...subject, paths: ['bulwark.decisions.toml'] }, '/nowhere'),
    ).toThrow("can't be read");
  });
});

describe('decisionOn', () => {
  const [decision] = read(entry);
  const record = readOsvRecord({ id: 'GHSA-1', aliases: ['CVE-2021-23337'] });
  const of = { ecosystem: 'PyPI', name: 'lodash-x' } as LockedPackage;
  const on = (path: string, one: LockedPackage, records = record ? [record] : []): unknown =>
    decisionOn(records, one, path, decision ? [decision] : []);

  it('meets an advisory by any of its names, one package, and one lock file', () => {
    expect(on('package-lock.json', of)).toBe(decision);
    expect(on('other/package-lock.json', of)).toBeUndefined();
    expect(on('package-lock.json', { ...of, name: 'lodash' })).toBeUndefined();
    expect(on('package-lock.json', { ...of, ecosystem: 'npm' })).toBeUndefined();
    expect(on('package-lock.json', of, [])).toBeUndefined();
  });

  it('prefers the one that counts longer', () => {
    const late = { ...decision, until: '2027-06-30' } as NonNullable<typeof decision>;
    expect(
      decisionOn(record ? [record] : [], of, 'package-lock.json', decision ? [decision, late] : []),
    ).toBe(late);
  });
});
