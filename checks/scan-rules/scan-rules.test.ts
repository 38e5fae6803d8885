import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { suppressionRules } from '../../cli/scan/report/suppression-rules.ts';
import { allRules } from '../../cli/scan/rules/all-rules.ts';
import { isFlowRule } from '../../cli/scan/rules/kit/rule.ts';
import { rulePagePath } from '../../cli/scan/rules/kit/rule-page.ts';
import { codes } from '../../lib/refusal/codes.ts';
import { repositoryFiles, root } from '../repository.ts';
import { listOf, pageOf, type RuleHeading } from './page.ts';
import { commentOf, ruleFolders, rulePages, rulesById, rulesFolder } from './pages.ts';
import { gapsOf, ruleComment } from './rule-comment.ts';

const rules = rulesById();
const ids = [...rules.keys()];

describe('the rules', () => {
  it('have a folder each, named after their id, and each folder has a rule', () => {
    expect(ids.map((id) => id.replace('/', '-')).sort()).toEqual(ruleFolders().sort());
    const without = ruleFolders().filter((folder) => !existsSync(join(root, rulesFolder, folder, 'rule.ts')));
    expect(without).toEqual([]);
  });

  it('are all in the list, and each file of a rule adds one', () => {
    const files = ruleFolders().flatMap((folder) =>
      repositoryFiles(`${rulesFolder}/${folder}`).filter((file) =>
        /\/(?:use-|settings-|library-)?rule\.ts$/.test(file),
      ),
    );
    expect(allRules).toHaveLength(files.length);
  });

  it('stand in the list after no more general one of the same places', () => {
    const general = new Set<string>();
    const late = allRules.filter(isFlowRule).filter((rule) => {
      const ways = rule.sinks.flatMap((sink) => rule.sources.map((source) => `${sink} ${source}`));
      const isLate = ways.some((way) => general.has(way));
      if (!rule.isOwn) for (const way of ways) general.add(way);
      return isLate;
    });
    expect(late.map(({ id }) => id)).toEqual([]);
  });

  it.each(ids)('%s is named as rules are, and has all that its page needs', (id) => {
    const rule = rules.get(id);
    // Its page's path has a dash for the slash: one in front would make two ids of one path.
    expect(id).toMatch(/^[a-z0-9]+\/[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(rule?.title).toMatch(/^[A-Z].*[^.]$/);
    expect(rule?.cwe.length).toBeGreaterThan(0);
    expect(owasp).toContain(rule?.owasp);
    expect(gapsOf(commentOf(id))).toEqual([]);
  });

  it('share no name with a code', () => {
    expect(
      [...ids, ...suppressionRules.map(({ id }) => id)].filter((id) => Object.hasOwn(codes, id)),
    ).toEqual([]);
  });
});

/** OWASP Top 10 of 2025. */
const owasp = [
  'A01:2025 Broken Access Control',
  'A02:2025 Security Misconfiguration',
  'A03:2025 Software Supply Chain Failures',
  'A04:2025 Cryptographic Failures',
  'A05:2025 Injection',
  'A06:2025 Insecure Design',
  'A07:2025 Authentication Failures',
  'A08:2025 Software or Data Integrity Failures',
  'A09:2025 Security Logging and Alerting Failures',
  'A10:2025 Mishandling of Exceptional Conditions',
];

describe('docs/rules/', () => {
  it('is what the comments say (run `npm run fix`)', () => {
    const pages = rulePages();
    const stale = [...pages].filter(([path, text]) => {
      const file = join(root, 'docs/rules', path);
      return !existsSync(file) || readFileSync(file, 'utf8') !== text;
    });
    expect(stale.map(([path]) => path)).toEqual([]);
    const files = repositoryFiles('docs/rules').map((file) => file.slice('docs/rules/'.length));
    expect(files.filter((file) => !pages.has(file))).toEqual([]);
  });

  it('has a page for each rule, those of suppressions among them', () => {
    const expected = [...ids, ...suppressionRules.map(({ id }) => id)].map(rulePagePath);
    expect([...rulePages().keys()].sort()).toEqual(['README.md', ...expected].sort());
  });
});

describe('this check', () => {
  const comment = ruleComment(
    '/**\n * Finds it.\n *\n * ## Why\n * So.\n * ## Bad\n * ```python\n * x = 1\n *\n *\n * y = 2\n * ```\n */\nconst x = 1; /** no */',
  );

  it('reads the comment at the head of a file, and sets headings and code apart', () => {
    expect(comment).toBe('Finds it.\n\n## Why\n\nSo.\n\n## Bad\n\n```python\nx = 1\n\n\ny = 2\n```');
    expect(ruleComment('const x = 1;\n/** Finds it. */')).toBe('');
  });

  it('finds what a comment lacks', () => {
    expect(gapsOf(comment)).toEqual(['## Good', '## When not to use it']);
    expect(gapsOf('')).toContain('a paragraph that says what it finds');
    expect(gapsOf('Finds it.\n\n## Bad\n\nWords.\n')).toContain('code in ## Bad');
  });

  it('writes a page and a list', () => {
    const rule: RuleHeading = {
      ...{ id: 'an/example', title: 'A thing', severity: 'high', cwe: [1, 22], owasp: 'A05:2025 Injection' },
    };
    expect(pageOf(rule, 'Finds it.')).toMatchInlineSnapshot(`
      "# an/example

      **A thing.** Severity: high, [CWE-1](https://cwe.mitre.org/data/definitions/1.html), [CWE-22](https://cwe.mitre.org/data/definitions/22.html), OWASP A05:2025 Injection.

      Finds it.
      "
    `);
    expect(listOf([rule])).toContain(
      '| [an/example](an-example.md) | A thing | high | 1, 22 | A05:2025 Injection |\n',
    );
  });
});
