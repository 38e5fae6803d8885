import { describe, expect, it } from 'vitest';
import type { Finding } from './finding.ts';
import { fingerprints } from './fingerprint.ts';
import { place, yamlFinding } from './testing/sample-report.ts';

function prints(text: string, lines: readonly number[], change: Partial<Finding> = {}): string[] {
  const findings = lines.map((line) => ({ ...yamlFinding, place: place('app.py', line, 1, 16), ...change }));
  const found = fingerprints(findings, () => text);
  return findings.map((finding) => found.get(finding) ?? '');
}

describe('fingerprints', () => {
  const [print] = prints('yaml.load(text)\n', [1]);

  it.each([
    ['the line moves', '# more\n\nyaml.load(text)\n', 3],
    ['it is indented', 'if x:\n    yaml.load(text)  \n', 2],
    ['its lines end with CR LF', 'yaml.load(text)\r\n', 1],
  ])('stays when %s', (_, text, line) => expect(prints(text, [line])).toEqual([print]));

  it('stays when what is said of it is worded anew', () => {
    expect(prints('yaml.load(text)', [1], { message: 'x', advice: 'y', severity: 'low' })).toEqual([print]);
  });

  it('is another one for another rule, file, or text', () => {
    const others = [
      ...prints('yaml.load(text)', [1], { rule: 'a/b' }),
      ...prints('yaml.load(text)', [1], { place: place('b.py', 1, 1, 16) }),
      ...prints('yaml.load(other)', [1]),
    ];
    expect(new Set([print, ...others]).size).toBe(4);
  });

  it('counts equal ones from the top, in whatever order they come', () => {
    const text = 'yaml.load(text)\nyaml.load(text)\n';
    const [first, second] = prints(text, [1, 2]);
    expect(first).toBe(print);
    expect(second).not.toBe(print);
    expect(prints(text, [2, 1])).toEqual([second, first]);
  });
});
