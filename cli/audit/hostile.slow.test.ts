import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryFolders } from '../scan/testing/folder.ts';
import { allChecks } from './all-checks.ts';
import { formats } from './report/writers.ts';
import { runAuditCommand } from './run-command.ts';

const lay = repositoryFolders();

async function audit(folder: string, format: (typeof formats)[number] = 'text'): Promise<string> {
  const { stdout } = await runAuditCommand(
    { folder, format, failOn: 'never', updateBaseline: false, only: [], skip: [] },
    { cwd: folder, version: '0', color: false, today: '2026-12-01', checks: allChecks },
  );
  return stdout;
}

/** A mistake of a check, which is unknown to the user, must not happen. */
function mistakes(text: string): string[] {
  return text.split('\n').filter((line) => line.includes('which is a mistake of Bulwark'));
}

/** What checks read, by its usual names. */
const names = [
  ...[
    'package.json',
    'package-lock.json',
    'pnpm-lock.yaml',
    'yarn.lock',
    'app.js',
    'server.ts',
    'next.config.js',
    'index.html',
  ],
  ...[
    'manage.py',
    'shop/settings.py',
    'shop/wsgi.py',
    'app.py',
    'setup.py',
    'setup.cfg',
    'pyproject.toml',
    'Pipfile',
    'requirements.txt',
  ],
  ...[
    'poetry.lock',
    'uv.lock',
    'Pipfile.lock',
    'tox.ini',
    'noxfile.py',
    'Makefile',
    'Procfile',
    'SECURITY.md',
    '.pre-commit-config.yaml',
  ],
  ...[
    'Dockerfile',
    'compose.yaml',
    'docker-compose.yml',
    'nginx.conf',
    'Caddyfile',
    'shop.service',
    'k8s.yaml',
    'main.tf',
    'stack.json',
  ],
  ...[
    '.github/workflows/ci.yml',
    '.github/dependabot.yml',
    'renovate.json',
    '.gitlab-ci.yml',
    '.env',
    'rules.nft',
    '.gitignore',
  ],
];

const steering = 'a\u001b[2J\u202e\r\u009b31m';

const contents: readonly (readonly [string, string | Buffer])[] = [
  ['nothing', ''],
  ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x80, 0xc3, 0x28, 0x0a, 0x1b])],
  ['brackets without end', '[{('.repeat(60_000)],
  ['nested mappings', Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  [
    'aliases that multiply',
    `a0: &a0 [x]\n${Array.from({ length: 60 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]`).join('\n')}\n`,
  ],
  ['one long line', `RUN ${'a '.repeat(500_000)}`],
  ['many lines', 'FROM x\nUSER root\nDEBUG = True\nserver { listen 80; }\n'.repeat(20_000)],
  ['blocks that open', 'server { location / {\n'.repeat(20_000)],
  ['text that steers a terminal', `${steering}\nDEBUG = True # ${steering}\nADD http://${steering} /\n`],
  [
    'names of prototypes',
    '{"__proto__": {"dependencies": {"express": "1"}}, "constructor": 1, "dependencies": {"__proto__": "1"}}',
  ],
];

describe('a hostile repository', () => {
  it.each(contents)('of files with %s ends with clean text', { timeout: 300_000 }, async (_, content) => {
    const { path } = lay({});
    for (const name of names) {
      mkdirSync(join(path, name, '..'), { recursive: true });
      writeFileSync(join(path, name), content);
    }
    const text = await audit(path);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(text).toMatch(/ of 21 lines? pass/);
    expect(mistakes(text)).toEqual([]);
  });

  it('of links, pipes, folders and huge files by the usual names ends', { timeout: 300_000 }, async () => {
    for (const make of [
      (file: string) => symlinkSync('/dev/zero', file),
      (file: string) => symlinkSync('.', file),
      (file: string) => symlinkSync(file, file),
      (file: string) => symlinkSync('/etc/passwd', file),
      (file: string) => execFileSync('mkfifo', [file]),
      (file: string) => mkdirSync(file),
      (file: string) => {
        writeFileSync(file, '');
        truncateSync(file, 5_000_000_000);
      },
    ]) {
      const { path } = lay({});
      for (const name of names) {
        mkdirSync(join(path, name, '..'), { recursive: true });
        make(join(path, name));
      }
      const text = await audit(path);
      expect(mistakes(text)).toEqual([]);
      expect(text).not.toContain('root:x:0:0');
      expect(text).toMatch(/\n0 of 21 lines pass/);
    }
  });

  it('of 20,000 files, with names that steer a terminal, ends in every format', {
    timeout: 600_000,
  }, async () => {
    const { path } = lay({ 'package.json': '{"dependencies":{"express":"5"}}' });
    for (let folder = 0; folder < 200; folder++) {
      const name = join(path, `f${folder}${steering}`);
      mkdirSync(name);
      for (let file = 0; file < 100; file++) {
        const ending = ['js', 'py', 'yaml', 'conf', 'txt'][file % 5];
        writeFileSync(
          join(name, `x${file}${steering}.${ending}`),
          file % 5 === 0 ? `export const a = ${file};\n` : 'a = 1\n',
        );
      }
    }
    for (const format of formats) {
      const text = await audit(path, format);
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
      expect(mistakes(text)).toEqual([]);
    }
  });

  it('runs nothing', { timeout: 300_000 }, async () => {
    const { path, write } = lay({});
    const canary = join(path, 'canary');
    const js = `require('node:fs').writeFileSync(${JSON.stringify(canary)}, '');`;
    const py = `open(${JSON.stringify(canary)}, "w")\n`;
    const shell = `touch ${canary}`;
    write({
      'package.json': JSON.stringify({
        scripts: { preinstall: shell, test: shell },
        dependencies: { express: '5', next: '15' },
      }),
      ...Object.fromEntries(
        ['bulwark.config.js', 'next.config.js', 'app.js', 'eslint.config.js', '.pnpmfile.cjs'].map((name) => [
          name,
          js,
        ]),
      ),
      ...Object.fromEntries(
        ['manage.py', 'shop/settings.py', 'setup.py', 'conftest.py', 'noxfile.py'].map((name) => [name, py]),
      ),
      '.git/config': `[core]\n\tfsmonitor = ${shell}\n\thooksPath = hooks\n[filter "x"]\n\tclean = ${shell}\n\tsmudge = ${shell}\n[diff "x"]\n\ttextconv = ${shell}\n`,
      '.gitattributes': '* filter=x diff=x\n',
      'hooks/post-checkout': `#!/bin/sh\n${shell}\n`,
      'requirements.txt': 'django==4.2\n',
      Makefile: `X := $(shell ${shell})\n`,
    });
    await audit(path);
    expect(existsSync(canary)).toBe(false);
  });
});
