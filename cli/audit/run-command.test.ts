import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryFolders } from '../scan/testing/folder.ts';
import type { Check } from './check/check.ts';
import { fail, unknown } from './check/outcome.ts';
import { type AuditOptions, runAuditCommand } from './run-command.ts';
import { redirectCheck } from './testing/sample-audit.ts';

const lay = repositoryFolders();

/** Fails for each line with `BAD`, and is unknown for each with `ODD`. */
const check: Check = {
  ...redirectCheck,
  run: ({ paths, read }) =>
    paths.flatMap((path) =>
      (read(path) ?? '').split('\n').flatMap((text, index) => {
        const evidence = [{ path, line: index + 1, text }];
        if (text.includes('BAD')) return [fail('It is bad.', evidence, 'Mend it.')];
        return text.includes('ODD') ? [unknown('It is odd.', 'Look at it.', evidence)] : [];
      }),
    ),
};

function run(folder: string, options: Partial<AuditOptions> = {}): ReturnType<typeof runAuditCommand> {
  const all: AuditOptions = {
    folder,
    format: 'text',
    failOn: 'fail',
    updateBaseline: false,
    only: [],
    skip: [],
    ...options,
  };
  return runAuditCommand(all, {
    cwd: folder,
    version: '0',
    color: false,
    today: '2026-12-01',
    checks: [check],
  });
}

async function exit(folder: string, options: Partial<AuditOptions> = {}): Promise<number> {
  return (await run(folder, options)).exitCode;
}

describe('the exit code', () => {
  it('is 1 as --fail-on says', async () => {
    const bad = lay({ 'a.py': 'BAD\n' }).path;
    const odd = lay({ 'a.py': 'ODD\n' }).path;
    expect(await exit(bad)).toBe(1);
    expect(await exit(bad, { failOn: 'unknown' })).toBe(1);
    expect(await exit(bad, { failOn: 'never' })).toBe(0);
    expect(await exit(odd)).toBe(0);
    expect(await exit(odd, { failOn: 'unknown' })).toBe(1);
  });

  it('is 0 for what the baseline has, and 1 for what is new', async () => {
    const folder = lay({ 'a.py': 'BAD\n' });
    const baseline = join(folder.path, 'bulwark-audit-baseline.json');
    expect(await exit(folder.path, { updateBaseline: true, failOn: 'unknown' })).toBe(0);
    folder.write({ 'a.py': '\n\nBAD\n' });
    const { stdout, exitCode } = await run(folder.path, { baseline, failOn: 'unknown' });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('FAIL     HTTPS is enforced');
    expect(stdout).toContain('It is bad. (in the baseline)');
    folder.write({ 'a.py': 'BAD\nBAD\n' });
    expect(await exit(folder.path, { baseline })).toBe(1);
    folder.write({ 'a.py': 'BAD\n', 'b.py': 'BAD\n' });
    expect(await exit(folder.path, { baseline })).toBe(1);
  });
});

describe('files', () => {
  it('are written whole: the report, and the badge', async () => {
    const { path } = lay({ 'a.py': 'BAD\n' });
    const { stdout } = await run(path, { output: 'audit.json', format: 'json', badge: 'badge.svg' });
    expect(stdout).toBe('');
    expect(JSON.parse(readFileSync(join(path, 'audit.json'), 'utf8'))).toMatchObject({
      version: 1,
      counts: { fail: 1 },
    });
    expect(readFileSync(join(path, 'badge.svg'), 'utf8')).toContain('0 of 21');
  });

  it.each([
    ['audit/output', { output: 'none/audit.json' }],
    ['audit/output', { badge: 'none/badge.svg' }],
    ['audit/baseline', { baseline: 'none.json' }],
    ['audit/baseline', { baseline: 'a.py' }],
    ['audit/attest', { attest: 'none.toml' }],
    ['audit/attest', { attest: 'a.py' }],
    ['audit/check', { only: ['none'] }],
    ['audit/folder', { folder: 'none' }],
  ])('ends with %s for %j', async (code, options) => {
    const { path } = lay({ 'a.py': 'BAD\n' });
    await expect(run(path, options)).rejects.toMatchObject({ name: 'AuditMistake', code });
    expect(existsSync(join(path, 'bulwark-audit-baseline.json'))).toBe(false);
  });

  it('of attestations are read from the project, or as named', async () => {
    const entry =
      '[[attested]]\naspect = "training/attested"\nby = "Head"\nuntil = 2027-01-31\nstatement = "So."\n';
    const { path } = lay({
      'bulwark.attest.toml': entry,
      'other.toml': entry.replace('training', 'incident-plan'),
    });
    expect((await run(path)).stdout).toContain('attested Developers are trained');
    const { stdout } = await run(path, { attest: 'other.toml' });
    expect(stdout).toContain('attested There is an incident response plan');
    expect(stdout).toContain('unknown  Developers are trained');
    const broken = lay({ 'bulwark.attest.toml': '\u0000' }).path;
    await expect(run(broken)).rejects.toMatchObject({ code: 'audit/attest' });
  });
});

describe('--fix', () => {
  const source =
    "import pg from 'pg';\nimport express from 'express';\nconst pool = new pg.Pool();\nconst app = express();\n" +
    'app.get(\'/a\', async (req, res) => {\n  const { rows } = await pool.query("select 1 from a where b = \'" + req.query.b + "\'");\n  res.json(rows);\n});\n';
  const files = { 'app.js': source, 'package.json': '{ "dependencies": { "pg": "8", "express": "5" } }' };

  it('writes what is certain, and shows it beside the report', async () => {
    const { path } = lay(files);
    const { stdout, stderr } = await run(path, { fix: 'write', format: 'json' });
    expect(readFileSync(join(path, 'app.js'), 'utf8')).toContain('$1');
    expect(stderr).toContain('+++ b/app.js');
    expect(stderr).toContain('1 finding fixed in 1 file');
    expect(JSON.parse(stdout)).toMatchObject({ version: 1 });
  });

  it('shows it alone with --fix-dry-run', async () => {
    const { path } = lay(files);
    const { stderr } = await run(path, { fix: 'show' });
    expect(stderr).toContain('1 finding would be fixed in 1 file');
    expect(readFileSync(join(path, 'app.js'), 'utf8')).toBe(source);
  });

  it('writes nothing if another option is wrong', async () => {
    const { path } = lay(files);
    await expect(run(path, { fix: 'write', only: ['no/such'] })).rejects.toThrow('no/such');
    expect(readFileSync(join(path, 'app.js'), 'utf8')).toBe(source);
  });
});
