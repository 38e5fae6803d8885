import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type RunOptions, type RunResult, runScan } from './run-scan.ts';
import { createFolder, type Folder, repositoryFolders } from './testing/folder.ts';
import { wordEngine } from './testing/word-engine.ts';

const folderOf = repositoryFolders();

const plain: RunOptions = { paths: [], format: 'json', only: [], skip: [], updateBaseline: false };

async function run(folder: Folder, options: Partial<RunOptions> = {}): Promise<RunResult> {
  const around = { version: '0', today: '2027-01-01', color: false, progress: () => undefined };
  return await runScan({ ...plain, ...options }, { engine: wordEngine, cwd: folder.path, ...around });
}

async function found(folder: Folder, options: Partial<RunOptions> = {}): Promise<string[]> {
  const { stdout } = await run(folder, options);
  return JSON.parse(stdout).findings.map(
    ({ rule, place }: { rule: string; place: { path: string; line: number } }) =>
      `${place.path}:${place.line} ${rule}`,
  );
}

async function codes(folder: Folder, options: Partial<RunOptions> = {}): Promise<string[]> {
  return JSON.parse((await run(folder, options)).stdout).notices.map(({ code }: { code: string }) => code);
}

describe('runScan', () => {
  const folder = folderOf({ 'a.js': 'DANGER\nDOUBT\n', 'sub/b.py': 'DANGER\n' });

  it('reports, and ends with 1 for findings and with 0 for none', async () => {
    expect(await found(folder)).toEqual(['a.js:1 sql/injection', 'sub/b.py:1 sql/injection']);
    expect((await run(folder)).exitCode).toBe(1);
    expect((await run(folder, { skip: ['sql/*'] })).exitCode).toBe(0);
  });

  it('reports from the least confidence on that is wanted, and says that there is more', async () => {
    expect(await codes(folder)).toContain('scan/below-least');
    expect(await found(folder, { minConfidence: 'low' })).toHaveLength(3);
    expect(await found(folder, { minSeverity: 'critical' })).toEqual([]);
  });

  it('takes paths and rules', async () => {
    expect(await found(folder, { paths: ['sub'] })).toEqual(['sub/b.py:1 sql/injection']);
    expect(await found(folder, { only: ['deserialize/*'], minConfidence: 'low' })).toEqual([
      'a.js:2 deserialize/untrusted',
    ]);
    await expect(run(folder, { only: ['sql/injektion'] })).rejects.toMatchObject({
      code: 'scan/rule',
      fix: 'Did you mean sql/injection?',
    });
  });

  it('reads a configuration, which the command line overrides', async () => {
    const configured = folderOf({
      'bulwark.config.yaml': 'scan:\n  confidence: low\n  paths: { exclude: [sub/] }\n',
      'a.js': 'DANGER\nDOUBT\n',
      'sub/b.py': 'DANGER\n',
    });
    expect(await found(configured)).toEqual(['a.js:1 sql/injection', 'a.js:2 deserialize/untrusted']);
    expect(await found(configured, { minConfidence: 'high' })).toEqual(['a.js:1 sql/injection']);
    expect(await found(configured, { config: false })).toHaveLength(2);
  });

  it('writes the report into a file, and the summary beside it', async () => {
    const { stdout, stderr } = await run(folder, { output: 'report.sarif', format: 'sarif' });
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^2 findings \(2 high\) in 2 files; 2 files, 5 lines scanned\n$/);
    expect(JSON.parse(readFileSync(join(folder.path, 'report.sarif'), 'utf8')).version).toBe('2.1.0');
    await expect(run(folder, { output: 'none/x' })).rejects.toMatchObject({ code: 'scan/output' });
  });

  it('gives the same bytes twice, in each format', async () => {
    for (const format of ['text', 'json', 'sarif', 'junit', 'github', 'gitlab'] as const) {
      expect(await run(folder, { format })).toEqual(await run(folder, { format }));
    }
  });

  it('says that there was nothing to scan', async () => {
    expect(await codes(folderOf({ 'a.md': '' }))).toContain('scan/no-files');
    expect(await codes(folderOf({ 'package.json': '{}' }))).toContain('scan/no-files');
    expect(await codes(folderOf({ 'package.json': '{}', 'a.js': '' }))).not.toContain('scan/no-files');
  });
});

describe('a baseline', () => {
  it('hides what is known, and no more of it, and says what is gone', async () => {
    const folder = folderOf({ 'a.js': 'DANGER\n', 'b.js': 'DANGER\n' });
    expect((await run(folder, { updateBaseline: true })).exitCode).toBe(0);
    const baseline = 'bulwark-baseline.json';
    folder.write({ 'a.js': '\nDANGER\nDANGER\n' });
    expect(await found(folder, { baseline })).toEqual(['a.js:3 sql/injection']);
    folder.write({ 'b.js': '' });
    expect(await codes(folder, { baseline })).toContain('scan/vanished');
    expect(await codes(folder, { baseline, paths: ['a.js'] })).not.toContain('scan/vanished');
  });

  it('keeps what is known of files that were not scanned', async () => {
    const folder = folderOf({ 'a.js': 'DANGER\n', 'sub/b.js': 'DANGER\n' });
    await run(folder, { updateBaseline: true, baseline: 'base.json' });
    folder.write({ 'sub/b.js': '' });
    await run(folder, { updateBaseline: true, baseline: 'base.json', paths: ['sub'] });
    const known: { path: string }[] = JSON.parse(readFileSync(join(folder.path, 'base.json'), 'utf8')).known;
    expect(known.map(({ path }) => path)).toEqual(['a.js']);
  });

  it('must be there, and not be updated with a part', async () => {
    const folder = folderOf({ 'a.js': '' });
    await expect(run(folder, { baseline: 'none.json' })).rejects.toMatchObject({ code: 'scan/baseline' });
    await expect(run(folder, { updateBaseline: true, diff: 'x' })).rejects.toMatchObject({
      code: 'scan/option',
    });
  });
});

describe('--diff', () => {
  it('reports what the branch adds, also beside a baseline', async () => {
    const folder = createFolder({ 'a.js': 'DANGER\n', 'old.js': 'DANGER 1\n' });
    onTestFinished(folder.remove);
    const git = (...args: string[]): unknown =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
        cwd: folder.path,
        stdio: 'pipe',
      });
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-qm', 'first');
    await run(folder, { updateBaseline: true, baseline: 'base.json' });
    git('mv', 'old.js', 'new.js');
    folder.write({ 'a.js': 'more\nDANGER\nDANGER\n' });
    expect(await found(folder, { diff: 'main' })).toEqual(['a.js:3 sql/injection']);
    expect(await found(folder, { diff: 'main', baseline: 'base.json' })).toEqual([
      'a.js:3 sql/injection',
      'new.js:1 sql/injection',
    ]);
    expect(await codes(folder, { diff: 'main' })).toContain('scan/diff');
  });

  it('reports everything before the first commit, as a hook does with --diff HEAD', async () => {
    const folder = createFolder({ 'a.js': 'DANGER\n', 'b.js': 'fine\n' });
    onTestFinished(folder.remove);
    const git = (...args: string[]): unknown =>
      execFileSync('git', args, { cwd: folder.path, stdio: 'pipe' });
    git('init', '-q', '-b', 'main');
    expect(await found(folder, { diff: 'HEAD' })).toEqual(['a.js:1 sql/injection']);
    expect((await run(folder, { diff: 'HEAD', paths: ['b.js'] })).exitCode).toBe(0);
    await expect(run(folder, { diff: 'main~3' })).rejects.toMatchObject({ code: 'scan/git' });
  });
});
