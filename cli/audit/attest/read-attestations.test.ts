import { describe, expect, it } from 'vitest';
import { readAttestations } from './read-attestations.ts';

const day = '2026-12-01';
const read = (text: string): ReturnType<typeof readAttestations> => readAttestations(text, 'a.toml', day);

function entry(fields: Readonly<Record<string, string>> = {}): string {
  const all = {
    aspect: '"training/attested"',
    by: '"Head of engineering"',
    until: '2027-06-30',
    statement: '"All took the course."',
    ...fields,
  };
  const lines = Object.entries(all).map(([key, value]) => (value === '' ? '' : `${key} = ${value}`));
  return `[[attested]]\n${lines.join('\n')}\n`;
}

describe('readAttestations', () => {
  it('reads entries, with a day as TOML or as text', () => {
    const other = entry({ aspect: '"firewall/egress"', until: '"2026-12-01"' });
    expect(read(`${entry()}\n${other}`)).toEqual([
      {
        aspect: 'training/attested',
        by: 'Head of engineering',
        until: '2027-06-30',
        statement: 'All took the course.',
        path: 'a.toml',
      },
      expect.objectContaining({ aspect: 'firewall/egress', until: '2026-12-01' }),
    ]);
  });

  it('keeps one that has expired: the audit says so', () => {
    expect(read(entry({ until: '2020-01-31' }))).toHaveLength(1);
  });

  it.each([
    ['no TOML', '[[attested', /is not TOML/],
    ['nothing', '', /no \[\[attested\]\] entry/],
    ['a table', '[attested]\naspect = "training/attested"', /no \[\[attested\]\] entry/],
    ['another key', `x = 1\n${entry()}`, /"x" is not known/],
    ['another key of an entry', entry({ note: '"x"' }), /Entry 1: "note" is not known/],
    [
      'an aspect that there is none of',
      entry({ aspect: '"trainin/attested"' }),
      /Entry 1: There is no aspect/,
    ],
    ['an aspect that files show', entry({ aspect: '"queries/sites"' }), /queries\/sites can't be attested/],
    ['an inherited name', entry({ aspect: '"constructor"' }), /There is no aspect/],
    ['no role', entry({ by: '" "' }), /`by` is missing/],
    ['an address', entry({ by: '"ann@example.com"' }), /`by` has an address/],
    ['no statement', entry({ statement: '' }), /`statement` is missing/],
    ['a long statement', entry({ statement: `"${'x'.repeat(1001)}"` }), /longer than 1000/],
    ['no day', entry({ until: '' }), /`until` is missing, or not a day/],
    ['a day that is none', entry({ until: '"2027-02-30"' }), /not a day/],
    ['a time', entry({ until: '2027-06-30T12:00:00Z' }), /not a day/],
    ['a day too far away', entry({ until: '2029-01-01' }), /more than two years ahead/],
    ['an aspect twice', entry() + entry(), /training\/attested is attested twice/],
  ])('refuses %s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
