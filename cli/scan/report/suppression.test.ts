import { describe, expect, it } from 'vitest';
import type { Finding } from '../../finding/finding.ts';
import { place, yamlFinding } from '../../finding/testing/sample-report.ts';
import { applySuppressions, type SuppressionResult } from './suppression.ts';
import { suppressionComment } from './suppression-comment.ts';
import { suppressionRules } from './suppression-rules.ts';

const rules = ['sql/injection', 'sql/other', 'xss/dom', ...suppressionRules.map(({ id }) => id)];

/** A finding of sql/injection on each line of `bad`; comments start at `#`, `//` or `<!--`. */
function run(
  text: string,
  {
    comment = /(?:#|\/\/|\{?\/\*|<!--|\{#|\{% comment).*/g,
    wants = (rule: string): boolean => rule !== '',
  } = {},
): SuppressionResult {
  const findings = text.split('\n').flatMap((line, index): Finding[] => {
    const at = line.indexOf('bad(');
    if (at < 0) return [];
    return [{ ...yamlFinding, rule: 'sql/injection', place: place('a', index + 1, at + 1, at + 5) }];
  });
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const comments = [...text.matchAll(comment)].map((match) => ({ at: match.index, text: match[0] }));
  const modules = [{ path: 'a', comments, lines: starts }];
  return applySuppressions({ findings, modules, sources: () => text, rules, wants, today: '2027-01-31' });
}

function left(result: SuppressionResult): string[] {
  return result.findings.map(({ rule, place: { line } }) => `${line} ${rule}`);
}

describe('applySuppressions', () => {
  it.each([
    ['bad(x)  # bulwark-ignore sql/injection: a name of ours'],
    ['# bulwark-ignore sql/injection: a name of ours\nbad(x)'],
    ['// bulwark-ignore sql/*: a name of ours\nbad(x)'],
    ['<!-- bulwark-ignore sql/injection: a name of ours -->\nbad(x)'],
    ['{# bulwark-ignore sql/injection: a name of ours #}\nbad(x)'],
    ['{% comment %} bulwark-ignore sql/injection: a name of ours {% endcomment %}\nbad(x)'],
    ['{/* bulwark-ignore sql/injection: a name of ours */}\nbad(x)'],
    ['# bulwark-ignore sql/injection, xss/dom: a name of ours\n\nbad(x)'],
    ['# bulwark-ignore xss/dom sql/injection: a name of ours\nbad(x)'],
    ['# bulwark-ignore sql/injection: a name of ours until 2027-01-31\nbad(x)'],
    ['# bulwark-ignore sql/injection until 2027-02-01: a name of ours\nbad(x)'],
  ])('hides by %j', (text) => {
    const result = run(text);
    expect(left(result)).toEqual([]);
    expect(result.suppressed).toMatchObject([{ by: 'comment', reason: 'a name of ours' }]);
  });

  it('hides by a block of several lines', () => {
    const text = '/*\n * bulwark-ignore sql/injection: ours\n */\nbad(x)';
    expect(left(run(text, { comment: /\/\*.*\*\//gs }))).toEqual([]);
  });

  it('hides by comments that stand above each other', () => {
    const text = '# bulwark-ignore sql/injection: ours\n# bulwark-ignore sql/other: ours\nbad(x)';
    expect(left(run(text))).toEqual(['2 scan/unused-suppression']);
  });

  it.each([
    [
      'of another rule',
      '# bulwark-ignore xss/dom: ours\nbad(x)',
      ['1 scan/unused-suppression', '2 sql/injection'],
    ],
    [
      'behind code, for the next line',
      'f() # bulwark-ignore sql/injection: ours\nbad(x)',
      ['1 scan/unused-suppression', '2 sql/injection'],
    ],
    [
      'in front of code, for the next line',
      '/* bulwark-ignore sql/injection: ours */ f()\nbad(x)',
      ['1 scan/unused-suppression', '2 sql/injection'],
    ],
    [
      'two lines above',
      '# bulwark-ignore sql/injection: ours\nf()\nbad(x)',
      ['1 scan/unused-suppression', '3 sql/injection'],
    ],
    ['without a rule', 'bad(x) # bulwark-ignore: ours', ['1 sql/injection', '1 scan/bad-suppression']],
    [
      'without a reason',
      'bad(x) # bulwark-ignore sql/injection',
      ['1 sql/injection', '1 scan/bad-suppression'],
    ],
    [
      'with a reason of dots',
      'bad(x) # bulwark-ignore sql/injection: ...',
      ['1 sql/injection', '1 scan/bad-suppression'],
    ],
    ['of everything', 'bad(x) # bulwark-ignore */*: ours', ['1 sql/injection', '1 scan/bad-suppression']],
    [
      'of a rule that is none',
      'bad(x) # bulwark-ignore sql/injektion: ours',
      ['1 sql/injection', '1 scan/bad-suppression'],
    ],
    [
      'that is misspelt',
      'bad(x) # bulwark ignore sql/injection: ours',
      ['1 sql/injection', '1 scan/bad-suppression'],
    ],
    [
      'with a day that is none',
      'bad(x) # bulwark-ignore sql/injection: ours until 2027-02-30',
      ['1 sql/injection', '1 scan/bad-suppression'],
    ],
    [
      'of a rule about comments',
      'f() # bulwark-ignore scan/bad-suppression: ours',
      ['1 scan/unused-suppression'],
    ],
    ['in prose', 'bad(x) # see how bulwark-ignore works', ['1 sql/injection']],
  ])('does not hide by one %s', (_, text, expected) => {
    expect(left(run(text)).sort()).toEqual([...expected].sort());
  });

  it('does not hide after its last day, and says so', () => {
    const result = run('bad(x) # bulwark-ignore sql/injection: ours until 2027-01-30');
    expect(left(result)).toEqual(['1 sql/injection']);
    expect(result.notices).toMatchObject([{ code: 'scan/ended-suppression', place: { line: 1, column: 8 } }]);
  });

  it('calls no comment unused whose rule was not looked for', () => {
    const text = 'f() # bulwark-ignore sql/injection: ours';
    expect(left(run(text, { wants: (rule) => rule !== 'sql/injection' }))).toEqual([]);
  });

  it('suggests the rule that was meant', () => {
    const [, bad] = run('bad(x) # bulwark-ignore sql/injektion: ours').findings;
    expect(bad?.message).toContain('There is no rule sql/injektion; the closest is sql/injection.');
  });

  it('covers the end of a call of several lines', () => {
    const call = { ...yamlFinding, rule: 'sql/injection', place: { ...place('a', 1, 1, 2), endLine: 2 } };
    const text = 'bad(\n  x) # bulwark-ignore sql/injection: ours';
    const comments = [{ at: text.indexOf('#'), text: text.slice(text.indexOf('#')) }];
    const modules = [{ path: 'a', comments, lines: [0, 5] }];
    const wants = (): boolean => true;
    const input = { findings: [call], modules, sources: () => text, rules, wants, today: '2027-01-01' };
    expect(applySuppressions(input).findings).toEqual([]);
  });
});

describe('a file that is made to take long', () => {
  it('does not', () => {
    const start = process.cpuUsage();
    const one = '/*bulwark-ignore sql/injektion: x*/bad();';
    run(one.repeat(20_000), { comment: /\/\*.*?\*\//g });
    run(`${'/*bulwark-ignore sql/injection: x*/bad();'.repeat(20_000)}`, { comment: /\/\*.*?\*\//g });
    run('# bulwark-ignore sql/injection: x\n'.repeat(20_000));
    expect(process.cpuUsage(start).user).toBeLessThan(2_000_000);
  });
});

describe('suppressionComment', () => {
  it('is quick with any text', () => {
    const start = process.cpuUsage();
    for (const sign of [' ', '-', '*/', ', ', ': ', 'until 2027-01-01 ', '(']) {
      suppressionComment(`# bulwark-ignore ${sign.repeat(900)}x`);
      suppressionComment(sign.repeat(2000));
    }
    expect(process.cpuUsage(start).user).toBeLessThan(500_000);
  });
});
