import { describe, expect, it } from 'vitest';
import type { Finding } from '../../finding/finding.ts';
import { place, yamlFinding } from '../../finding/testing/sample-report.ts';
import { applyBaseline, baselineOf, readBaseline, writeBaseline } from './baseline.ts';
import { newFindings, type Scanned } from './new-findings.ts';

/** A finding on each line of `load`. */
function scanned(files: Readonly<Record<string, string>>): Scanned {
  const findings = Object.entries(files).flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index): Finding[] => {
      return line.includes('load') ? [{ ...yamlFinding, place: place(path, index + 1, 1, 5) }] : [];
    }),
  );
  return { findings, sources: (path) => files[path] };
}

function lines(findings: readonly Finding[]): string[] {
  return findings.map(({ place: { path, line } }) => `${path}:${line}`);
}

describe('a baseline', () => {
  const baseline = baselineOf(scanned({ 'a.py': 'load(x)\nload(x)\nload(y)' }), []);

  it('hides what it knows, wherever the lines are now', () => {
    const { findings, suppressed, vanished } = applyBaseline(
      baseline,
      scanned({ 'a.py': '\n\nload(y)\n  load(x)\nload(x)' }),
    );
    expect({ findings, vanished }).toEqual({ findings: [], vanished: [] });
    expect(suppressed.map(({ by }) => by)).toEqual(['baseline', 'baseline', 'baseline']);
  });

  it('hides no more of it than it knows', () => {
    const more = scanned({ 'a.py': 'load(x)\nload(x)\nload(x)\nload(y)', 'b.py': 'load(x)' });
    expect(lines(applyBaseline(baseline, more).findings)).toEqual(['a.py:3', 'b.py:1']);
  });

  it('says what is gone', () => {
    const { vanished } = applyBaseline(baseline, scanned({ 'a.py': 'load(x)' }));
    expect(vanished.map(({ count }) => count).sort()).toEqual([1, 1]);
  });

  it('is read as it was written, one entry a line', () => {
    const text = writeBaseline(baseline);
    expect(readBaseline(text, 'x')).toEqual(baseline);
    expect(text.split('\n')).toHaveLength(8);
    expect(JSON.parse(text).known).toHaveLength(2);
    expect(readBaseline(writeBaseline({ known: [] }), 'x')).toEqual({ known: [] });
  });

  it('keeps what it is told to', () => {
    const kept = { key: 'k', rule: 'a/b', path: 'other.py', count: 4 };
    expect(baselineOf(scanned({}), [kept])).toEqual({ known: [kept] });
  });

  it.each(['', '{', '[]', 'null', '{"version":2,"known":[]}', '{"version":1,"known":[{"key":1}]}'])(
    'is not %j',
    (text) =>
      expect(() => readBaseline(text, 'f.json')).toThrow(expect.objectContaining({ code: 'scan/baseline' })),
  );
});

describe('newFindings', () => {
  const before = scanned({ 'a.py': 'load(x)\nload(y)' });

  it.each([
    ['nothing that moved', { 'a.py': '#\nload(y)\n\n load(x)' }, []],
    ['what is written again', { 'a.py': 'load(x)\nload(x)\nload(y)' }, ['a.py:2']],
    ['what is written in another way', { 'a.py': 'load(z)' }, ['a.py:1']],
    ['nothing of a file that was renamed', { 'b.py': '#\nload(x)\nload(y)' }, []],
    ['more than was in a file that was renamed', { 'b.py': 'load(x)\nload(x)' }, ['b.py:2']],
    ['what was copied', { 'a.py': 'load(x)', 'b.py': 'load(x)' }, ['b.py:1']],
  ])('are %s', (_, files, expected) => expect(lines(newFindings(before, scanned(files)))).toEqual(expected));
});
