import { describe, expect, it } from 'vitest';
import type { Finding } from '../../finding/finding.ts';
import type { Case } from './cases.ts';
import { isRight, othersIn } from './judge.ts';
import { namesIn } from './known-others.ts';

const bad: Case = {
  title: 'a case',
  isBad: true,
  rule: 'sql/injection',
  files: [],
  expected: ['app.js:4'],
  at: 'some.cases:1',
};
const good: Case = { ...bad, isBad: false, expected: [] };

function found(rule: string, line: number): Finding {
  return {
    ...{ rule, severity: 'high', confidence: 'high', message: '', advice: '', steps: [] },
    place: { path: 'app.js', line, column: 1, endLine: line, endColumn: 9 },
  };
}

describe('the judge of cases', () => {
  it('expects of a bad case its rule where it is marked, and nothing else', () => {
    const marked = found('sql/injection', 4);
    const [elsewhere, other] = [found('sql/injection', 5), found('log/injection', 4)];
    expect(isRight(bad, [marked])).toBe(true);
    expect(othersIn(bad, [marked])).toEqual([]);
    expect(isRight(bad, [marked, elsewhere, other])).toBe(true);
    expect(othersIn(bad, [marked, elsewhere, other])).toEqual([elsewhere, other]);
    expect(isRight(bad, [elsewhere])).toBe(false);
  });

  it('expects of a good case nothing of any rule', () => {
    const [own, other] = [found('sql/injection', 4), found('log/injection', 4)];
    expect(isRight(good, [])).toBe(true);
    expect(isRight(good, [own])).toBe(false);
    expect(isRight(good, [other])).toBe(true);
    expect(othersIn(good, [own, other])).toEqual([own, other]);
  });
});

describe('a list of known findings', () => {
  it('names the cases, the title, the rule and the line, and may say why', () => {
    const text =
      '# b.cases\none | a | log/injection app.js:4 |\n# a.cases\ntwo | sql/injection b.py:1 | why | so\n';
    expect(namesIn(text)).toEqual([
      'a.cases: two | sql/injection b.py:1',
      'b.cases: one | a | log/injection app.js:4',
    ]);
  });

  it('is refused where a line is not such a finding', () => {
    expect(() => namesIn('# a.cases\ntwo, sql/injection')).toThrow('not a known finding: two, sql/injection');
  });
});
