import { describe, expect, it } from 'vitest';
import { readCheckCases } from './check-cases.ts';

describe('readCheckCases', () => {
  it('reads cases of several files', () => {
    const { cases, never } = readCheckCases(
      '# why\nnever pass: nobody can know\n\n=== fail: It is off\n--- shop/settings.py\nA = 1\n\n--- k8s.yaml\na: 1\n---\n\\--- b\n\n=== none: Nothing there\n',
    );
    expect(cases).toEqual([
      {
        title: 'It is off',
        expected: 'fail',
        line: 4,
        files: { 'shop/settings.py': 'A = 1\n', 'k8s.yaml': 'a: 1\n---\n--- b\n' },
      },
      { title: 'Nothing there', expected: 'none', line: 13, files: {} },
    ]);
    expect([...never]).toEqual([['pass', 'nobody can know']]);
  });

  it.each([
    ['=== maybe: A title', /line 1: not the heading of a case/],
    ['=== pass:', /line 1: not the heading/],
    ['A = 1', /line 1: text before the first case/],
    ['=== pass: A\nA = 1', /line 2: text before the first file/],
    ['=== pass: A\n--- ../a', /line 2: not the path/],
    ['=== pass: A\n--- /etc/passwd', /line 2: not the path/],
    ['=== pass: A\n--- a\n--- a', /line 3: the same file twice/],
  ])('refuses %j', (text, message) => {
    expect(() => readCheckCases(text)).toThrow(message);
  });
});
