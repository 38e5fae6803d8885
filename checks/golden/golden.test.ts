import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../cli/finding/finding.ts';
import { projectOf } from '../../cli/scan/testing/project-of.ts';
import { root } from '../repository.ts';
import { compareLines } from './compare.ts';
import { corpusNames, corpusOf } from './corpora.ts';
import { factsLine, type SeenFix, wordsLine } from './finding-lines.ts';
import { packages } from './packages.ts';
import { seeFindings } from './see-findings.ts';
import { seeView } from './see-view.ts';
import { showDifferences } from './show-differences.ts';
import { linesIn, type PartName, partNames, textOf, type Unit } from './snapshot.ts';

const place = { path: 'app.js', line: 3, column: 5, endLine: 3, endColumn: 20 };
const finding: Finding = {
  rule: 'sql/injection',
  severity: 'critical',
  confidence: 'high',
  message: 'Untrusted input becomes a query: `id` reaches `query`.',
  advice: 'Pass it as a parameter.',
  place,
  steps: [
    { place: { ...place, line: 1, endLine: 2 }, message: 'comes from the request: `id`' },
    { place, message: 'reaches `query`' },
  ],
};
const none: SeenFix = { edits: [], words: '', isCertain: false };
const fix: SeenFix = { edits: [{ at: 4, end: 9, text: '$1\n' }], words: 'Bind it', isCertain: true };

function unitOf(findings: Readonly<Record<string, readonly Finding[]>>): Unit {
  return {
    name: 'a.cases',
    sections: Object.entries(findings).map(([title, own]) => ({
      title,
      facts: own.map((one) => factsLine({ finding: one, isHidden: false, fix: none })),
      words: own.map((one) => wordsLine({ finding: one, fix: none, isHidden: false })),
    })),
    helps: {},
  };
}

/** What would be shown of a part, were the first kept and the second so now. */
function shown(part: PartName, kept: Unit, now: Unit): string[] {
  const [before, after] = [kept, now].map((unit) => linesIn(textOf('some', [unit], part)));
  return showDifferences(part, compareLines(before ?? new Map(), after ?? new Map()));
}

function keptText(part: PartName, corpus: string): string {
  return readFileSync(join(import.meta.dirname, part, `${corpus}.txt`), 'utf8');
}

describe('a finding in the snapshot', () => {
  it('is one line of facts and one of words', () => {
    const seen = { finding, isHidden: false, fix };
    expect(factsLine(seen)).toBe('app.js:3:5-20 sql/injection critical/high < 1:5-2:20 . fix 4-9 "$1\\n"');
    expect(wordsLine(seen)).toBe(
      'app.js:3:5 Untrusted input becomes a query: `id` reaches `query`. < comes from the request: `id` | . [91bb617e] [1b9319d0]',
    );
  });

  it.each<[string, Partial<Finding>]>([
    ['rule', { rule: 'sql/other' }],
    ['severity', { severity: 'low' }],
    ['confidence', { confidence: 'low' }],
    ['start', { place: { ...place, column: 4 } }],
    ['end', { place: { ...place, endLine: 4 } }],
    ['file', { place: { ...place, path: 'b.js' } }],
    ['step', { steps: finding.steps.slice(1) }],
    ['second way', { otherWays: [finding.steps] }],
  ])('has other facts with another %s', (_, change) => {
    const differences = shown('facts', unitOf({ a: [finding] }), unitOf({ a: [{ ...finding, ...change }] }));
    expect(differences[0]).toBe('facts: 1 cases changed, 0 new, 0 removed; lines: 1 gone, 1 new');
    expect(differences.slice(1).map((line) => line.slice(0, 10))).toEqual([
      '  a.cases ',
      '    - app.',
      expect.stringMatching(/^ {4}\+ [ab]/),
    ]);
  });

  it('has other facts with another edit, and where it is only suggested', () => {
    const facts = [
      none,
      fix,
      { ...fix, isCertain: false },
      { ...fix, edits: [{ at: 4, end: 9, text: '$2' }] },
    ].map((one) => factsLine({ finding, isHidden: false, fix: one }));
    expect(new Set(facts).size).toBe(4);
  });

  it.each<[string, Partial<Finding>]>([
    ['message', { message: 'Another.' }],
    ['help', { advice: 'Another.' }],
    ['sentence of a step', { steps: finding.steps.map((step) => ({ ...step, message: 'another' })) }],
  ])('has the same facts with another %s, and other words', (_, change) => {
    const [kept, now] = [unitOf({ a: [finding] }), unitOf({ a: [{ ...finding, ...change }] })];
    expect(textOf('some', [now], 'facts')).toBe(textOf('some', [kept], 'facts'));
    expect(shown('facts', kept, now)).toEqual(['facts: as kept']);
    expect(shown('words', kept, now)).toHaveLength(4);
  });
});

describe('the comparison', () => {
  it('tells of a case that is gone or new, also where nothing is found in it', () => {
    expect(shown('facts', unitOf({ a: [finding], b: [] }), unitOf({ a: [finding], c: [] }))).toEqual([
      'facts: 0 cases changed, 1 new, 1 removed; lines: 0 gone, 0 new',
      '  a.cases = b (removed)',
      '  a.cases = c (new)',
    ]);
  });

  it('tells of a finding that is there once more than before', () => {
    const differences = shown('facts', unitOf({ a: [finding] }), unitOf({ a: [finding, finding] }));
    expect(differences[0]).toBe('facts: 1 cases changed, 0 new, 0 removed; lines: 0 gone, 1 new');
  });

  it('says nothing of the order of cases', () => {
    const [kept, now] = [unitOf({ a: [finding], b: [] }), unitOf({ b: [], a: [finding] })];
    for (const part of partNames) expect(textOf('some', [now], part)).toBe(textOf('some', [kept], part));
  });

  it('tells of some dozens of cases, and how many more there are', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`case ${i}`, [finding]]));
    const differences = shown('facts', unitOf({}), unitOf(many));
    expect(differences).toHaveLength(1 + 2 * 36 + 1);
    expect(differences.at(-1)).toBe('  and 4 more cases');
  });
});

describe('a project in the snapshot', () => {
  const app = projectOf([
    {
      path: 'app.js',
      text: `import express from 'express';
import pg from 'pg';
const app = express();
const pool = new pg.Pool();
app.get('/one', async (req, res) => {
  const { rows } = await pool.query("select * from t where id = '" + req.query.id + "'");
  res.json(rows);
});
`,
    },
  ]);

  it('has findings with the places of their steps and the edits of their fix', async () => {
    const { section, helps } = await seeFindings('one', app);
    const flow = section.facts.find((line) => line.includes('sql/injection'));
    expect(flow).toMatch(/^app\.js:6:\d+-\d+ sql\/injection critical\/high < 6:\d+-\d+ .* fix \d+-\d+ "/);
    expect(section.words).toHaveLength(section.facts.length);
    for (const line of section.words)
      for (const [, mark = ''] of line.matchAll(/\[([0-9a-f]{8})\]/g)) expect(helps[mark]).toBeDefined();
  });

  it('has the answers of the view of the audit', async () => {
    const sections = await seeView('', app);
    const facts = new Map(sections.map((one) => [one.title, one.facts]));
    expect(facts.get('sites')).toEqual([expect.stringMatching(/^app\.js:6:\S+ query unresolved$/)]);
    expect(facts.get('routes')).toEqual([expect.stringMatching(/^app\.js:5:\S+ GET \/one$/)]);
    expect(facts.get('imports')).toEqual(['app.js:3 express', 'app.js:4 pg']);
    expect(facts.get('files')).toEqual(['1']);
  });
});

describe('the snapshot', () => {
  it('is kept of each corpus', () => {
    for (const name of corpusNames) {
      expect(corpusOf(name).units().length).toBeGreaterThan(0);
      for (const part of partNames) expect(linesIn(keptText(part, name)).size).toBeGreaterThan(0);
    }
  });

  it('is of packages at the versions that package-lock.json fixes', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Readonly<Record<string, { version: string }>>;
    };
    const fixed = Object.keys(packages).map((name) => [name, lock.packages[`node_modules/${name}`]?.version]);
    expect(Object.fromEntries(fixed)).toEqual(packages);
  });

  it('says no place of the machine that it was written on', () => {
    for (const part of partNames)
      for (const name of corpusNames) {
        const text = keptText(part, name);
        expect(text).not.toContain(root);
        expect(text).not.toMatch(/[^\x20-\x7e\n]/);
      }
  });
});
