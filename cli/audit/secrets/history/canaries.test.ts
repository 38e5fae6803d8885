import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createRepository, git } from '../testing/repository.ts';
import { searchHistory } from './search-history.ts';

it('runs no program that the settings of a repository name', async () => {
  const folder = createRepository([
    { files: { 'a.js': 'run(1);\n', '.gitattributes': '* filter=x diff=x\n' } },
  ]);
  try {
    const canary = join(folder.path, 'canary');
    const program = join(folder.path, 'program');
    writeFileSync(program, `#!/bin/sh\ntouch "${canary}"\ncat\n`);
    chmodSync(program, 0o755);
    const hooks = join(folder.path, '.git/hooks');
    mkdirSync(hooks, { recursive: true });
    for (const hook of [
      'post-checkout',
      'reference-transaction',
      'pre-auto-gc',
      'post-index-change',
      'fsmonitor-watchman',
    ]) {
      writeFileSync(join(hooks, hook), `#!/bin/sh\ntouch "${canary}"\n`);
      chmodSync(join(hooks, hook), 0o755);
    }
    const included = join(folder.path, 'included');
    const settings = [
      ...[
        'core.fsmonitor',
        'core.pager',
        'core.editor',
        'core.sshCommand',
        'core.askPass',
        'core.gitProxy',
        'core.alternateRefsCommand',
      ],
      ...[
        'filter.x.clean',
        'filter.x.smudge',
        'filter.x.process',
        'diff.x.textconv',
        'diff.x.command',
        'diff.external',
        'pager.cat-file',
      ],
      ...[
        'credential.helper',
        'gpg.program',
        'uploadpack.packObjectsHook',
        'trace2.eventTarget',
        'alias.cat-file',
      ],
    ];
    writeFileSync(
      included,
      settings
        .map(
          (name) =>
            `[${name.replace(/\.[^.]+$/, '').replace(/\.(.+)$/, ' "$1"')}]\n\t${name.replace(/^.*\./, '')} = ${program}\n`,
        )
        .join(''),
    );
    writeFileSync(
      join(folder.path, '.git/config'),
      `[core]\n\trepositoryformatversion = 0\n\thooksPath = ${hooks}\n\tworktree = /\n[include]\n\tpath = ${included}\n`,
    );
    expect(await searchHistory(folder.path)).toMatchObject({ commits: 1, secrets: [], gaps: [] });
    expect(existsSync(canary)).toBe(false);
    // The canary sings: git itself, in the repository, runs the program.
    git(folder.path, ['-c', `core.worktree=${folder.path}`, 'status']);
    expect(existsSync(canary)).toBe(true);
  } finally {
    folder.remove();
  }
});
