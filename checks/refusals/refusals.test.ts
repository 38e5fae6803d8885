import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CodeEntry, codes } from '../../lib/refusal/codes.ts';
import { libSources, repositoryFiles, root } from '../repository.ts';
import { discussionsIn, readDiscussions } from './discussions.ts';
import { stringLiterals } from './literals.ts';
import { indexOf, pageOf } from './page.ts';
import { refusalPages } from './pages.ts';

const catalogue: Readonly<Record<string, CodeEntry>> = codes;
const names = Object.keys(catalogue);

describe('the catalogue', () => {
  const discussions = readDiscussions();

  it('holds every code that a file of lib/refusal/codes/ has', () => {
    expect([...discussions.keys()].sort()).toEqual([...names].sort());
  });

  it('keeps each code in the file of its area, or in core.ts', () => {
    const misplaced = repositoryFiles('lib/refusal/codes/*.ts').flatMap((file) => {
      // A large area has several files: sql.ts, sql-database.ts, ... The area of rate-limit.ts has a hyphen itself.
      const name = file.replace(/^.*\/|\.ts$/g, '');
      const area = name === 'rate-limit' ? name : name.split('-')[0];
      const found = [...discussionsIn(file, readFileSync(join(root, file), 'utf8')).keys()];
      return found.filter((code) => !code.startsWith(`${area === 'core' ? 'bulwark' : area}/`));
    });
    expect(misplaced).toEqual([]);
  });

  it.each(names)('%s is named as codes are, and has a discussion with an example', (code) => {
    expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(discussions.get(code)).toMatch(/^```(ts|text|sh)$/m);
  });
});

describe('each code', () => {
  const thrown = stringLiterals(libSources().filter((file) => !file.startsWith('lib/refusal/codes')));
  const tested = stringLiterals(
    repositoryFiles('*.test.ts').filter((file) => !file.startsWith('checks/refusals/')),
  );

  it('has a place that throws it', () => {
    expect(names.filter((code) => !thrown.has(code))).toEqual([]);
  });

  it('has a test that throws it', () => {
    expect(names.filter((code) => !tested.has(code))).toEqual([]);
  });
});

describe('docs/refusals/', () => {
  it('is what the catalogue says (run `npm run fix`)', () => {
    const pages = refusalPages();
    const stale = [...pages].filter(([path, text]) => {
      const file = join(root, 'docs/refusals', path);
      return !existsSync(file) || readFileSync(file, 'utf8') !== text;
    });
    expect(stale.map(([path]) => path)).toEqual([]);
    expect(
      repositoryFiles('docs/refusals').filter((file) => !pages.has(file.slice('docs/refusals/'.length))),
    ).toEqual([]);
  });

  it('writes a page with what happened, its fields, why, an example and what to do', () => {
    const entry: CodeEntry = {
      ...{ kind: 'refusal', status: 400, severity: 'high', cwe: 918, owasp: 'A01:2025', reportable: true },
      ...{ message: 'It was refused.', hint: 'Name it.' },
    };
    const comment =
      "const x = { /** Why so.\n   *\n   * ```ts\n   * do('it');\n   * ```\n   */\n 'an/example': {} };";
    const discussion = discussionsIn('x.ts', comment).get('an/example') ?? '';
    expect(pageOf('an/example', entry, discussion)).toMatchInlineSnapshot(`
      "# an/example

      It was refused.

      |             |                                                        |
      | ----------- | ------------------------------------------------------ |
      | thrown as   | \`Refusal\`, answered with 400                           |
      | severity    | high                                                   |
      | CWE         | [918](https://cwe.mitre.org/data/definitions/918.html) |
      | OWASP       | A01:2025                                               |
      | report mode | can be reported instead, until a date                  |



      ## What to do

      Name it.
      "
    `);
    expect(indexOf({ 'an/example': entry })).toContain('- [an/example](an/example.md): It was refused.\n');
  });
});
