import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../finding/finding.ts';
import { loadEngine } from '../load-engine.ts';
import { type RunOptions, type RunResult, runScan } from '../run-scan.ts';
import { type Folder, repositoryFolders } from '../testing/folder.ts';

const bad = `import pg from 'pg';
import express from 'express';
const app = express();
const pool = new pg.Pool();
app.get('/', async (req, res) => {
  res.json(await pool.query("select 1 from a where b = '" + req.query.b + "'"));
});
`;
const good = bad.replace(`'" + req.query.b + "'"`, '$1", [req.query.b]');

const folderOf = repositoryFolders();

const engine = await loadEngine();

async function run(folder: Folder, options: Partial<RunOptions>): Promise<RunResult> {
  const around = { version: '0', today: '2027-01-01', color: false, progress: () => undefined };
  const plain: RunOptions = { paths: [], format: 'text', only: [], skip: [], updateBaseline: false };
  return await runScan({ ...plain, ...options }, { engine, cwd: folder.path, ...around });
}

describe('bulwark scan --fix', () => {
  it('writes what is certain, shows the diff, and reports what stays', async () => {
    const folder = folderOf({ 'a.js': bad, 'b.js': good });
    const { stdout, stderr, exitCode } = await run(folder, { fix: 'write' });
    expect(stdout).toContain('+++ b/a.js');
    expect(stdout).toContain('No findings');
    expect(stderr).toContain('1 finding fixed in 1 file, 0 left.');
    expect(exitCode).toBe(0);
    expect(readFileSync(join(folder.path, 'a.js'), 'utf8')).toContain('where b = $1');
    expect(readFileSync(join(folder.path, 'b.js'), 'utf8')).toBe(good);
  });

  it('only shows it, and ends with 1, for a dry run', async () => {
    const folder = folderOf({ 'a.js': bad });
    const { stdout, exitCode } = await run(folder, { fix: 'show' });
    expect(stdout).toMatch(/^--- a\/a\.js/);
    expect(stdout).toContain('1 finding would be fixed in 1 file, 0 left.');
    expect(exitCode).toBe(1);
    expect(readFileSync(join(folder.path, 'a.js'), 'utf8')).toBe(bad);
  });

  it('changes nothing where nothing is wrong', async () => {
    const { stdout, exitCode } = await run(folderOf({ 'b.js': good }), { fix: 'write' });
    expect(stdout).not.toContain('+++');
    expect(exitCode).toBe(0);
  });

  it('writes back a byte order mark, and leaves a file that is not UTF-8 as it is', async () => {
    const marked = folderOf({ 'a.js': `\ufeff${bad}` });
    await run(marked, { fix: 'write' });
    expect(readFileSync(join(marked.path, 'a.js'), 'utf8')).toBe(
      `\ufeff${good.replace('req.query.b]', 'String(req.query.b)]')}`,
    );
    const latin = folderOf({});
    const bytes = Buffer.from(`// caf\u00e9\n${bad}`, 'latin1');
    writeFileSync(join(latin.path, 'a.js'), bytes);
    await expect(run(latin, { fix: 'write' })).rejects.toMatchObject({ code: 'scan/fix' });
    expect(readFileSync(join(latin.path, 'a.js')).equals(bytes)).toBe(true);
  });

  it('does not go with a report on standard output, nor with a new baseline', async () => {
    const folder = folderOf({ 'a.js': bad });
    const wrong = { code: 'scan/option' };
    await expect(run(folder, { fix: 'write', format: 'json' })).rejects.toMatchObject(wrong);
    await expect(run(folder, { fix: 'show', updateBaseline: true })).rejects.toMatchObject(wrong);
    expect(readFileSync(join(folder.path, 'a.js'), 'utf8')).toBe(bad);
    expect((await run(folder, { fix: 'show', format: 'json', output: 'out.json' })).stdout).toContain('+++');
  });

  it('leaves all files as they were where one has changed meanwhile', async () => {
    const folder = folderOf({ 'a.js': bad, 'c.js': bad });
    const { runFixes } = await import('./run-fixes.ts');
    const texts = new Map([
      ['a.js', bad],
      ['c.js', bad],
    ]);
    const scan = async (changed: ReadonlyMap<string, string>): Promise<readonly Finding[]> => {
      const files = [...texts].map(([path, text]) => ({
        path,
        language: 'javascript' as const,
        text: changed.get(path) ?? text,
      }));
      const project = { files, settings: [], notices: [], read: () => undefined };
      const options = { wants: () => true, models: [], today: '2027-01-01', progress: () => undefined };
      return (await engine.scan({ project, ...options })).findings;
    };
    const findings = await scan(new Map());
    writeFileSync(join(folder.path, 'c.js'), `${bad}// more\n`);
    const fixing = runFixes({
      findings,
      sources: (path) => texts.get(path),
      rescan: scan,
      root: folder.path,
      mode: 'write',
    });
    await expect(fixing).rejects.toMatchObject({ code: 'scan/fix' });
    expect(readFileSync(join(folder.path, 'a.js'), 'utf8')).toBe(bad);
  });
});
