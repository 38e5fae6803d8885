import { readFileSync } from 'node:fs';
import { satisfies } from 'semver';
import { describe, expect, it } from 'vitest';
import { fixedVersions } from './fixed-versions.ts';
import { isAffected } from './is-affected.ts';
import { type OsvRecord, readOsvRecord } from './osv-record.ts';

type Event = Readonly<Record<string, string>>;

function recordOf(affected: object, more: object = {}): OsvRecord {
  const record = readOsvRecord({
    id: 'TEST-1',
    affected: [{ package: { ecosystem: 'npm', name: 'a' }, ...affected }],
    ...more,
  });
  if (!record) throw new Error('no record');
  return record;
}

function inRange(ecosystem: 'npm' | 'PyPI', type: string, events: readonly Event[], version: string): string {
  const record = recordOf({ package: { ecosystem, name: 'a' }, ranges: [{ type, events }] });
  return isAffected(record, { ecosystem, name: 'a', version });
}

const nodeVersions = [
  ...[
    '0.0.0-0',
    '0.0.1',
    '0.9.9',
    '1.0.0-0',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta.2',
  ],
  ...[
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.0.0+build.5',
    '1.0.1',
    '1.1.0-canary.3',
    '1.1.0',
    '1.2.10',
    '1.2.9',
  ],
  ...['2.0.0-rc.1', '2.0.0', '2.0.1', '3.5.7', '10.0.0', '15.0.1-canary.0', '99999.0.0'],
];

/** The events, and the same as npm writes ranges. */
const nodeRanges: readonly (readonly [string, readonly Event[]])[] = [
  ['>=0.0.0-0', [{ introduced: '0' }]],
  ['<1.0.0', [{ introduced: '0' }, { fixed: '1.0.0' }]],
  ['<1.0.0-beta.2', [{ introduced: '0' }, { fixed: '1.0.0-beta.2' }]],
  ['>=1.0.0 <2.0.0', [{ introduced: '1.0.0' }, { fixed: '2.0.0' }]],
  ['>=1.0.0 <2.0.0', [{ fixed: '2.0.0' }, { introduced: '1.0.0' }]],
  ['<=1.0.0', [{ introduced: '0' }, { last_affected: '1.0.0' }]],
  ['>=1.0.0-rc.1 <=1.1.0', [{ introduced: '1.0.0-rc.1' }, { last_affected: '1.1.0' }]],
  ['1.1.0', [{ introduced: '1.1.0' }, { last_affected: '1.1.0' }]],
  [
    '>=1.0.0 <1.0.1 || >=1.2.9 <2.0.1',
    [{ introduced: '1.0.0' }, { fixed: '1.0.1' }, { introduced: '1.2.9' }, { fixed: '2.0.1' }],
  ],
  [
    '<1.0.0 || >=1.0.0 <1.1.0',
    [{ introduced: '0' }, { fixed: '1.0.0' }, { introduced: '1.0.0' }, { fixed: '1.1.0' }],
  ],
  ['<1.1.0', [{ introduced: '0' }, { fixed: '3.0.0' }, { limit: '1.1.0' }]],
  ['<3.0.0', [{ introduced: '0' }, { fixed: '3.0.0' }, { limit: '1.1.0' }, { limit: '*' }]],
];

describe('versions of npm', () => {
  const cases = nodeRanges.flatMap(([range, events]) =>
    nodeVersions.map((version) => ({ range, events, version })),
  );

  it('has enough cases', () => expect(cases.length).toBeGreaterThan(200));

  it.each(['SEMVER', 'ECOSYSTEM'])('is decided as npm decides: %s', (type) => {
    const differences = cases.filter(({ range, events, version }) => {
      const expected = satisfies(version, range, { includePrerelease: true }) ? 'affected' : 'unaffected';
      return inRange('npm', type, events, version) !== expected;
    });
    expect(differences).toEqual([]);
  });

  it('reads the ranges of the registry as npm does', () => {
    const record = recordOf({});
    const differences = cases.filter(({ range, version }) => {
      const affected = record.affected.map((one) => ({ ...one, isBroken: false, npmRange: range }));
      const expected = satisfies(version, range, { includePrerelease: true }) ? 'affected' : 'unaffected';
      return isAffected({ ...record, affected }, { ecosystem: 'npm', name: 'a', version }) !== expected;
    });
    expect(differences).toEqual([]);
  });
});

describe('versions of PyPI', () => {
  interface Answers {
    readonly versions: readonly string[];
    readonly ranges: readonly { readonly events: readonly Event[]; readonly affected: readonly string[] }[];
  }
  const file = new URL('../testing/python-ranges.json', import.meta.url);
  const { versions, ranges } = JSON.parse(readFileSync(file, 'utf8')) as Answers;

  it('has enough cases', () => expect(versions.length * ranges.length).toBeGreaterThan(200));

  it.each(ranges)('is decided as packaging decides: $events', ({ events, affected }) => {
    const found = versions.filter((version) => inRange('PyPI', 'ECOSYSTEM', events, version) === 'affected');
    expect(found).toEqual(affected);
    const open = versions.filter((version) => inRange('PyPI', 'ECOSYSTEM', events, version) === 'undecided');
    expect(open).toEqual([]);
  });
});

describe('isAffected', () => {
  const of = { ecosystem: 'npm', name: 'a', version: '1.0.0' } as const;
  const all = [{ type: 'SEMVER', events: [{ introduced: '0' }] }];

  it('lists versions', () => {
    expect(isAffected(recordOf({ versions: ['1.0.0'] }), of)).toBe('affected');
    expect(isAffected(recordOf({ versions: ['1.0.1'] }), of)).toBe('unaffected');
    const record = recordOf({ package: { ecosystem: 'PyPI', name: 'Zope.Interface' }, versions: ['1.0'] });
    expect(isAffected(record, { ecosystem: 'PyPI', name: 'zope-interface', version: '1.0.0' })).toBe(
      'affected',
    );
  });

  it('takes the union of ranges and versions', () => {
    const ranges = [{ type: 'SEMVER', events: [{ introduced: '2.0.0' }] }];
    expect(isAffected(recordOf({ ranges, versions: ['1.0.0'] }), of)).toBe('affected');
    expect(isAffected(recordOf({ ranges: [...ranges, ...all] }), of)).toBe('affected');
    expect(isAffected(recordOf({ ranges }), of)).toBe('unaffected');
  });

  it('is about one package of one ecosystem', () => {
    expect(isAffected(recordOf({ ranges: all }), of)).toBe('affected');
    expect(isAffected(recordOf({ ranges: all }), { ...of, name: 'A' })).toBe('unaffected');
    expect(isAffected(recordOf({ ranges: all }), { ...of, ecosystem: 'PyPI' })).toBe('unaffected');
  });

  it('leaves out what was withdrawn', () => {
    expect(isAffected(recordOf({ ranges: all }, { withdrawn: '2026-01-01T00:00:00Z' }), of)).toBe(
      'unaffected',
    );
  });

  it('leaves out ranges of commits beside a list', () => {
    const git = { type: 'GIT', repo: 'https://example.com/a', events: [{ introduced: '0' }] };
    expect(isAffected(recordOf({ ranges: [git], versions: ['2.0.0'] }), of)).toBe('unaffected');
    expect(isAffected(recordOf({ ranges: [git, ...all] }), of)).toBe('affected');
  });

  it.each([
    ['ranges of commits alone', { ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }] }],
    ['nothing', {}],
    ['a range of another kind', { ranges: [{ type: 'CALENDAR', events: [{ introduced: '0' }] }] }],
    [
      'an event that is not known',
      { ranges: [{ type: 'SEMVER', events: [{ introduced: '9.0.0' }, { gone: '1' }] }] },
    ],
    ['a range without a beginning', { ranges: [{ type: 'SEMVER', events: [{ fixed: '0.1.0' }] }] }],
    ['a version that is none', { ranges: [{ type: 'SEMVER', events: [{ introduced: 'then' }] }] }],
    ['ranges that are no list', { ranges: 'all' }],
    ['versions that are no texts', { versions: [1] }],
  ])('is undecided about %s', (_, affected) => {
    expect(isAffected(recordOf(affected), of)).toBe('undecided');
  });

  it('is undecided about a version that is not known, unless all are affected', () => {
    const some = [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '0.1.0' }] }];
    expect(isAffected(recordOf({ ranges: some }), { ...of, version: undefined })).toBe('undecided');
    expect(isAffected(recordOf({ ranges: some }), { ...of, version: 'latest' })).toBe('undecided');
    expect(isAffected(recordOf({ ranges: some }), { ...of, version: `1.${'9'.repeat(300)}.0` })).toBe(
      'undecided',
    );
    expect(isAffected(recordOf({ ranges: all }), { ...of, version: undefined })).toBe('affected');
  });

  it('does not read inherited fields', () => {
    const record = readOsvRecord(JSON.parse('{"id":"X","__proto__":{"withdrawn":"2026-01-01T00:00:00Z"}}'));
    expect(record?.isWithdrawn).toBe(false);
    expect(readOsvRecord(['id'])).toBeUndefined();
    expect(readOsvRecord({ id: 5 })).toBeUndefined();
  });
});

describe('fixedVersions', () => {
  it('has those above the version, the lowest first', () => {
    const events = [
      { introduced: '0' },
      { fixed: '1.9.0' },
      { introduced: '2.0.0' },
      { fixed: '2.10.0' },
      { fixed: '2.9.0' },
    ];
    const record = recordOf({ ranges: [{ type: 'SEMVER', events }] });
    expect(fixedVersions(record, { ecosystem: 'npm', name: 'a', version: '2.0.0' })).toEqual([
      '2.9.0',
      '2.10.0',
    ]);
    expect(fixedVersions(record, { ecosystem: 'npm', name: 'b', version: '2.0.0' })).toEqual([]);
  });
});
