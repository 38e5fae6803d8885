import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allChecks } from '../../cli/audit/all-checks.ts';
import { type Line, lines } from '../../cli/audit/line/lines.ts';
import { writeJson } from '../../cli/audit/report/json.ts';
import { sampleAudit } from '../../cli/audit/testing/sample-audit.ts';
import { allRules } from '../../cli/scan/rules/all-rules.ts';
import { codes } from '../../lib/refusal/codes.ts';
import { repositoryFiles, root } from '../repository.ts';
import { isRequirement } from './asvs.ts';
import { type CheckHeading, checkList, checkPage, gapsOf } from './check-page.ts';
import { lineTables, withTables } from './line-tables.ts';
import { auditPages, checksFolder, commentOf, lineOf } from './pages.ts';

const ids = allChecks.map(({ id }) => id);

describe('the checks', () => {
  it('are all in the list, a folder each, with cases', () => {
    const files = repositoryFiles(checksFolder).filter((file) => file.endsWith('/check.ts'));
    expect(files.map((file) => file.slice(checksFolder.length + 1, -'/check.ts'.length)).sort()).toEqual(
      [...ids].sort(),
    );
    expect(ids.filter((id) => !existsSync(join(root, checksFolder, id, 'check.cases')))).toEqual([]);
  });

  it('share no name with each other, a rule of the scanner or a code', () => {
    const others = [...allRules.map(({ id }) => id), ...Object.keys(codes)];
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => others.includes(id))).toEqual([]);
  });

  it.each(allChecks)('$id has all that its page needs', (check) => {
    expect(check.id).toMatch(/^[a-z0-9]+\/[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(lineOf(check).aspects).toHaveProperty([check.aspect.slice(check.aspect.indexOf('/') + 1)]);
    expect(check.title).toMatch(/^(?:[A-Z`]|nginx ).*[^.]\.$/);
    expect(check.why).toMatch(/^(?:[A-Z`]|nginx ).*\.$/);
    expect(check.asvs.filter((one) => !isRequirement(one))).toEqual([]);
    expect(gapsOf(commentOf(check.id))).toEqual([]);
  });
});

describe('the checklist', () => {
  const all = Object.values<Line>(lines);

  it('has 21 lines: 8, 7 and 6', () => {
    const count = (group: string): number => all.filter((line) => line.group === group).length;
    expect([count('application'), count('infrastructure'), count('process')]).toEqual([8, 7, 6]);
  });

  it('has a check for each aspect that files can show', () => {
    const covered = new Set<string>(
      allChecks.filter(({ weight }) => weight === undefined).map(({ aspect }) => aspect),
    );
    const missing = Object.entries<Line>(lines).flatMap(([line, { aspects }]) =>
      Object.keys(aspects)
        .map((name) => `${line}/${name}`)
        .filter((aspect) => !aspect.endsWith('/attested') && !covered.has(aspect)),
    );
    expect(missing).toEqual([]);
  });
});

describe('docs/audit/ and the tables of docs/commands/audit.md', () => {
  it('are what the sources say (run `npm run fix`)', () => {
    const pages = auditPages();
    const stale = [...pages].filter(([path, text]) => {
      const file = join(root, path);
      return !existsSync(file) || readFileSync(file, 'utf8') !== text;
    });
    expect(stale.map(([path]) => path)).toEqual([]);
    expect(repositoryFiles('docs/audit').filter((file) => !pages.has(file))).toEqual([]);
  });
});

describe('the shape of JSON in docs/commands/audit.md', () => {
  const page = readFileSync(join(root, 'docs/commands/audit.md'), 'utf8');
  const shape = /^## JSON\n[\s\S]*?^```ts\n([\s\S]*?)^```/m.exec(page)?.[1] ?? '';

  it('has every name that a report has, and no other', () => {
    const names = new Set<string>();
    JSON.parse(writeJson(sampleAudit), (key, value) => {
      if (key !== '' && !/^\d+$/.test(key)) names.add(key);
      return value;
    });
    const verdicts = ['pass', 'fail', 'unknown', 'attested'];
    const said = new Set([...shape.matchAll(/(\w+)\??: /g)].map(([, name = '']) => name));
    expect([...said, ...verdicts].filter((name) => !names.has(name))).toEqual([]);
    expect([...names].filter((name) => !said.has(name) && !verdicts.includes(name))).toEqual([]);
  });
});

describe('this check', () => {
  const check: CheckHeading = {
    ...({ id: 'a/b', title: 'It is so.', why: 'Because.', aspect: 'csp/policy' } as const),
    ...({ severity: 'low', weight: 'part' } as const),
    ...{ cwe: [79], asvs: ['3.4.3'], django: ['security.W001'] },
  };

  it('finds what a comment lacks', () => {
    expect(gapsOf('')).toEqual([
      'a paragraph that says what it looks at',
      ...['## Why', '## Passes', '## Fails', '## Unknown', '## How to fix'],
    ]);
    expect(
      gapsOf(
        'Looks.\n\n## Why\n\nSo.\n\n## Passes\n\n## Fails\n\nx\n\n## Unknown\n\nx\n\n## How to fix\n\nx',
      ),
    ).toEqual(['## Passes']);
  });

  it('knows the requirements of ASVS', () => {
    expect(['1.1.1', '10.4.16', '17.3.2'].filter(isRequirement)).toHaveLength(3);
    expect(['1.1.0', '1.1.3', '10.4.17', '18.1.1', '1.6.1', '01.1.1', 'x', ''].filter(isRequirement)).toEqual(
      [],
    );
  });

  it('writes a page and a list', () => {
    expect(checkPage(check, lines.csp, 'Looks at it.')).toBe(
      '# a/b\n\n**It is so.**\n\nLine: A Content Security Policy is in place (`csp/policy`). Severity: low. [CWE-79](https://cwe.mitre.org/data/definitions/79.html). OWASP A02:2025 Security Misconfiguration. ASVS 5.0: 3.4.3. Django: `security.W001`.\n\nIt speaks of a part: a pass alone does not pass the line.\n\nLooks at it.\n',
    );
    expect(checkList([check])).toContain(
      '| [a/b](a-b.md) | It is so. | `csp/policy` | CWE-79, ASVS 3.4.3, security.W001 |',
    );
  });

  it('writes tables into a page that has a place for them', () => {
    const page = withTables(
      readFileSync(join(root, 'docs/commands/audit.md'), 'utf8'),
      lineTables({ csp: lines.csp }),
    );
    expect(page).toContain(
      '| **A Content Security Policy is in place** (A02:2025 Security Misconfiguration) `csp/policy` | Pages are',
    );
    expect(page).not.toContain('All database queries use');
    expect(() => withTables('# audit', '')).toThrow(/no place/);
  });
});
