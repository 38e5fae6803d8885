import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { layOut } from './lay-out.ts';
import { shownFindings } from './shown-findings.ts';

const source = "from flask import request\n\n\ndef view():\n    return eval(request.args['x'])\n";

let folder: string;
let repository: string;
let commit: string;

const git = (...args: string[]): string =>
  execFileSync('git', ['-C', repository, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    encoding: 'utf8',
  });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lay-out-'));
  repository = join(folder, 'mirrors/owner+name');
  mkdirSync(repository, { recursive: true });
  const work = join(folder, 'work');
  mkdirSync(work);
  writeFileSync(join(work, '.gitattributes'), 'a.py filter=evil\nb.py export-ignore\nc.py export-subst\n');
  writeFileSync(join(work, 'a.py'), source);
  writeFileSync(join(work, 'b.py'), 'b = 1\n');
  writeFileSync(join(work, 'c.py'), 'c = "$Format:%H$"\n');
  execFileSync('git', ['init', '--quiet', '--bare', repository]);
  git('--work-tree', work, 'add', '.');
  git('--work-tree', work, 'commit', '--quiet', '-m', 'all');
  commit = git('rev-parse', 'HEAD').trim();
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const laidOut = (): string =>
  layOut('github:owner/name', commit, { mirrors: join(folder, 'mirrors'), into: join(folder, 'into') });

it('lays out every file as it was committed, whatever the attributes say', () => {
  const into = laidOut();
  expect(readFileSync(join(into, 'b.py'), 'utf8')).toBe('b = 1\n');
  expect(readFileSync(join(into, 'c.py'), 'utf8')).toBe('c = "$Format:%H$"\n');
});

it('runs no program that the configuration of a fetched repository names', () => {
  const ran = join(folder, 'ran');
  git('config', 'filter.evil.smudge', `touch ${ran}; cat`);
  // Without the defence it runs.
  git('archive', '--format=tar', commit);
  expect(existsSync(ran)).toBe(true);
  rmSync(ran);
  expect(readFileSync(join(laidOut(), 'a.py'), 'utf8')).toBe(source);
  expect(existsSync(ran)).toBe(false);
});

it('leaves out a file whose content the repository lacks', () => {
  const blob = git('rev-parse', `${commit}:b.py`).trim();
  rmSync(join(repository, 'objects', blob.slice(0, 2), blob.slice(2)));
  const into = laidOut();
  expect([existsSync(join(into, 'a.py')), existsSync(join(into, 'b.py'))]).toEqual([true, false]);
});

it('is scanned with paths of its own, also inside of another repository that ignores it', async () => {
  execFileSync('git', ['init', '--quiet', folder]);
  writeFileSync(join(folder, '.gitignore'), 'into/\n');
  const { findings } = await shownFindings(laidOut());
  expect(findings.map(({ place }) => place.path)).toContain('a.py');
});
