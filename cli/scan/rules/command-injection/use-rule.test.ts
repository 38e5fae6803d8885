import { describe, expect, it } from 'vitest';
import { languageIdOf } from '../../project/path-kind.ts';
import { createScan } from '../../scan.ts';

async function found(path: string, text: string): Promise<readonly string[]> {
  const language = languageIdOf(path) ?? 'javascript';
  const { findings } = await createScan()({
    project: { files: [{ path, text, language }], settings: [], notices: [], read: () => undefined },
    wants: () => true,
    models: [],
    today: '2026-01-01',
    progress: () => {},
  });
  return findings.filter(({ rule }) => rule === 'command/injection').map(({ confidence }) => confidence);
}

const javascript = "import { exec } from 'node:child_process'; import path from 'node:path';\n";
const python = 'import os, subprocess, sys\n';

describe('what a machine and its user give to a shell', () => {
  it.each([
    ['a.ts', `${javascript}exec(\`rm -rf \${path.join(__dirname, 'cache')}\`);`],
    ['a.ts', `${javascript}exec('ls ' + process.cwd());`],
    ['a.ts', `${javascript}exec(\`git log "\${process.argv[2]}"\`);`],
    ['a.py', `${python}os.system("rm -rf " + os.path.join(os.getcwd(), "cache"))`],
    ['a.py', `${python}subprocess.run(f"git log {sys.argv[1]}", shell=True)`],
    ['a.py', `${python}os.system(f"ls {os.path.dirname(__file__)}")`],
  ])('is a hint in %s: %s', async (path, text) => {
    expect(await found(path, text)).toEqual(['low']);
  });

  it.each([
    ['a.ts', `${javascript}exec(\`rm -rf "\${path.join(__dirname, 'cache')}"\`);`],
    ['a.ts', `${javascript}exec('ls', { cwd: process.cwd() });`],
    ['a.ts', `${javascript}/a/.exec('ls ' + process.cwd());`],
    ['a.py', `${python}subprocess.run(["git", "log", sys.argv[1]])`],
    ['a.py', `${python}import shlex\nos.system(f"ls {shlex.quote(sys.argv[1])}")`],
  ])('is nothing in %s: %s', async (path, text) => {
    expect(await found(path, text)).toEqual([]);
  });
});
