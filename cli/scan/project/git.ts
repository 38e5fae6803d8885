import { spawnSync } from 'node:child_process';
import { ScanMistake } from '../scan-mistake.ts';

/** Runs git in such a way that the repository's configuration cannot start a program, and nothing is fetched. */
export interface Git {
  /** @throws {ScanMistake} with git's message, if git fails */
  run(args: readonly string[], input?: string): Buffer;
}

const mostOutput = 2 ** 30;

export function gitIn(root: string): Git {
  return {
    run(args, input) {
      const { error, status, stdout, stderr } = spawnSync(
        'git',
        [
          '--no-pager',
          '--no-replace-objects',
          '-c',
          'core.fsmonitor=false',
          '-c',
          'core.hooksPath=/dev/null',
          ...args,
        ],
        {
          cwd: root,
          input: input ?? '',
          maxBuffer: mostOutput,
          env: {
            ...process.env,
            GIT_OPTIONAL_LOCKS: '0',
            GIT_NO_LAZY_FETCH: '1',
            GIT_TERMINAL_PROMPT: '0',
            LC_ALL: 'C',
          },
        },
      );
      if (error || status !== 0) throw failed(args, error ? error.message : stderr.toString('utf8'));
      return stdout;
    },
  };
}

function failed(args: readonly string[], said: string): ScanMistake {
  return new ScanMistake(
    'scan/git',
    `git ${args[0] ?? ''} failed: ${JSON.stringify(said.trim().slice(0, 300))}`,
    '--diff compares with a commit, which is read with git.',
    'Run it inside a git repository that has the commit. In CI, fetch enough history (fetch-depth: 0).',
  );
}
