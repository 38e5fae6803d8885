export interface CommandDetail {
  'command/unsafe-value': {
    readonly program: string;
    readonly position: string;
    readonly value: string;
    readonly reason: string;
  };
  'command/missing-value': { readonly program: string; readonly position: string; readonly type: string };
  'command/too-long': { readonly program: string; readonly limit: string };
  'command/too-slow': { readonly program: string; readonly limit: string };
  'command/too-much-output': { readonly program: string; readonly maxOutputBytes: number };
  'command/busy': { readonly program: string; readonly retryAfterSeconds: number };
  'command/unsafe-repository': { readonly key: string; readonly origin: string };
}

export const commandCodes = {
  /**
   * An untrusted value would have been more than text to the program. Without a shell there is no quoting to break out of, but each program
   * parses its arguments in its own way: `--upload-pack=...` is an option (CWE-88), `ext::sh` a program (as in CVE-2017-1000117), `@/etc/passwd`
   * a file, `msl:x` a script. Which values are accepted depends on the program and on the position of the value: see [the programs that bulwark
   * knows](../../guards/command-programs.md).
   *
   * ```text
   * await run.git`log ${'--output=/srv/app/server.js'}`   // command/unsafe-value
   * await run.git`log ${'main'}`                          // accepted
   * ```
   */
  'command/unsafe-value': {
    kind: 'refusal',
    status: 400,
    severity: 'high',
    cwe: 88,
    owasp: 'A05:2025',
    message: 'A command was not run, because a value has a special meaning to the program in this position.',
    hint: 'Check the value against what you expect, such as a list of names, before you run the command.',
  },
  /**
   * Git reads the configuration of the repository that it runs in, and some settings name programs to run: filters, `diff.external`,
   * `core.fsmonitor`, `remote.*.uploadpack` (CVE-2022-24765 is about repositories that another user owns). Bulwark overrides the settings with
   * fixed names. The names of drivers and includes can't be predicted, so a repository with any setting that is not known to be harmless is
   * refused.
   *
   * ```text
   * await run.git`-C ${unpackedByAUser} status`   // its .git/config sets filter.x.clean: command/unsafe-repository
   * await run.git`-C ${clonedByTheApp} status`    // accepted
   * ```
   */
  'command/unsafe-repository': {
    kind: 'refusal',
    status: 422,
    severity: 'high',
    cwe: 829,
    owasp: 'A08:2025',
    message:
      "Git was not run, because the repository's configuration has a setting that is not known to be harmless.",
    hint: 'Never run git in a directory that a user uploaded. For your own repository, name the setting in `allowConfig`.',
  },
  /**
   * The kernel limits memory, CPU, file size and open files, and `prlimit` of util-linux sets these limits before the program starts. It is
   * installed on every Debian, Ubuntu and Fedora; on Alpine, run `apk add util-linux-misc`. macOS and Windows don't have it. Without it, time
   * and output are still limited.
   *
   * ```ts
   * import { commands } from 'bulwark/command';
   *
   * commands({ zip: '/usr/bin/zip' }, { timeoutMs: 5_000, maxOutputBytes: 1_000_000 }); // needs no prlimit
   * commands({ zip: '/usr/bin/zip' }, { memoryBytes: 500_000_000 }); // does
   * ```
   */
  'command/prlimit-missing': {
    kind: 'misuse',
    message: 'The limits of a program cannot be set, because `/usr/bin/prlimit` is not installed.',
    hint: 'Install util-linux, or leave out `memoryBytes`, `cpuSeconds`, `fileBytes` and `openFiles`.',
  },
  /**
   * For a subcommand without rules, bulwark does not know which values are safe in which position. In a repository, the subcommand may also be
   * an alias.
   *
   * ```text
   * await run.git`submodule update`          // command/unknown-subcommand
   * await run.git`log --oneline -- ${path}`  // accepted
   * ```
   */
  'command/unknown-subcommand': {
    kind: 'misuse',
    message: 'The program has no rules for this subcommand.',
    hint: "Use a subcommand that the program's table lists, or give the program rules of your own.",
  },
  /**
   * A value was missing, or was not a single value. Leaving out an argument changes what a command does: `git log` without its branch shows
   * the current branch, and `find` without its directory searches the current one. A list or an object is refused too, because clients can send
   * `?file=a&file=b` where a single value is expected (CWE-843). Pass a list with `args.each`, and an optional argument as a fragment.
   *
   * ```ts
   * import { args, commands } from 'bulwark/command';
   *
   * const run = commands({ git: '/usr/bin/git' });
   * const author: string | undefined = undefined;
   * await run.git`log ${author === undefined ? args`` : args`--author=${author}`}`;
   * ```
   */
  'command/missing-value': {
    kind: 'refusal',
    status: 400,
    severity: 'medium',
    cwe: 843,
    owasp: 'A05:2025',
    message: 'A command was not run, because a value is missing, or is not a single value.',
    hint: 'Validate the input first. Pass a list with `args.each`, and use an empty fragment to leave out an argument.',
  },
  /**
   * Linux accepts at most 131,071 bytes in one argument, and about 2 MB in all arguments together. The limits here are 131,071 bytes, 1 MB and
   * 10,000 arguments, so that you get a clear refusal instead of an error from the kernel. `limit` says which of them was exceeded. Pass large
   * data as standard input.
   *
   * ```ts
   * import { commands } from 'bulwark/command';
   *
   * const run = commands({ wc: '/usr/bin/wc' });
   * await run.wc({ stdin: 'a very long text' })`-c`;
   * ```
   */
  'command/too-long': {
    kind: 'refusal',
    status: 413,
    severity: 'low',
    cwe: 770,
    owasp: 'A06:2025',
    message: 'A command was not run, because its arguments are longer than the limit.',
    hint: 'Pass large data as `stdin`.',
  },
  /**
   * The program took longer than `timeoutMs`, or used more CPU than `cpuSeconds`. It was killed with all processes of its group. A small hostile
   * file can keep a program busy forever. `limit` says which limit was exceeded.
   *
   * ```ts
   * import { commands } from 'bulwark/command';
   *
   * commands({ tar: '/usr/bin/tar' }, { timeoutMs: 120_000, cpuSeconds: 60 });
   * ```
   */
  'command/too-slow': {
    kind: 'refusal',
    status: 422,
    severity: 'medium',
    cwe: 400,
    owasp: 'A06:2025',
    message: 'A program was stopped, because it took longer than the limit.',
    hint: 'Raise `timeoutMs` or `cpuSeconds` if the program may take this long.',
  },
  /**
   * The program wrote more than `maxOutputBytes` to standard output and standard error together. It was killed with all processes of its group.
   *
   * ```ts
   * import { commands } from 'bulwark/command';
   *
   * commands({ tar: '/usr/bin/tar' }, { maxOutputBytes: 500_000_000 });
   * ```
   */
  'command/too-much-output': {
    kind: 'refusal',
    status: 422,
    severity: 'medium',
    cwe: 770,
    owasp: 'A06:2025',
    message: 'A program was stopped, because it wrote more output than the limit.',
    hint: 'Raise `maxOutputBytes` if the program may write this much.',
  },
  /**
   * `maxConcurrent` programs are running and `maxWaiting` are waiting, or this one waited longer than `maxWaitMs`. Each program is a process
   * with memory of its own, so without these limits a flood of requests would exhaust the machine.
   *
   * ```ts
   * import { commands } from 'bulwark/command';
   *
   * commands({ tar: '/usr/bin/tar' }, { maxConcurrent: 4, maxWaiting: 50, maxWaitMs: 10_000 });
   * ```
   */
  'command/busy': {
    kind: 'refusal',
    status: 503,
    severity: 'low',
    cwe: 400,
    owasp: 'A06:2025',
    message: 'A command was not run, because too many programs are running.',
    hint: 'Limit the requests that run programs, or raise `maxConcurrent` if the machine has the cores and memory.',
  },
  /**
   * A program is called with a template: `` run.git`log ${branch}` ``. A string that was joined before the call no longer shows which part is
   * yours and which is a value (CWE-78).
   *
   * ```text
   * run.git(`log ${branch}`)   // Misuse: a string
   * run.git`log ${branch}`     // a template
   * ```
   */
  'command/not-a-template': {
    kind: 'misuse',
    message: 'A program was called with something other than a template.',
    hint: 'Write run.git`log`, without parentheses. Options go before the template: run.git({ timeoutMs: 5_000 })`log`.',
  },
  /**
   * No shell reads the template. It is split at spaces, and each word is one argument. Quotes, pipes, redirections, variables and `;` would
   * reach the program as they are, which is never what you meant. A value needs no quotes, whatever it contains.
   *
   * ```text
   * run.git`log --author="${name}" | head -5`    // Misuse: quotes and a pipe
   * run.git`log --author=${name} --max-count=5`  // accepted
   * ```
   */
  'command/no-shell': {
    kind: 'misuse',
    message: 'The template contains shell syntax, but no shell reads it.',
    hint: 'Remove the quotes: a value is always one argument. Use the options `stdin` and `stdout` instead of pipes and redirections.',
  },
  /**
   * A value is one whole argument, or the end of one: `${file}`, `--format=${format}`, `origin/${branch}`. Join two values before you pass them:
   * `` `--size=${`${width}x${height}`}` ``. Pass a short option and its value as two arguments, because in `-n${count}` the value could add
   * options. A value never chooses the option.
   *
   * ```text
   * run.git`log -n${count}`          // Misuse: 5 --output=x
   * run.git`log -n ${count}`         // accepted
   * run.git`show ${rev}:README.md`   // Misuse: text after the value
   * ```
   */
  'command/misplaced-value': {
    kind: 'misuse',
    message: 'A value is in a position where it is neither a whole argument nor the end of one.',
    hint: 'Put spaces around the value, or end the text before it with an equals sign: --option=.',
  },
  /**
   * A program is given by its absolute path, and checked once: it must be a regular, executable file that not everybody can change. Shells,
   * interpreters and programs that run other programs (`sh`, `env`, `xargs`, `sudo`, `python3`) are refused, because their arguments are code.
   * To run a script of your own, give the script itself as the program, or set `allowInterpreter`. Windows batch files are always refused,
   * because `cmd.exe` parses their arguments again (CVE-2024-27980).
   *
   * ```ts
   * import { commands } from 'bulwark/command';
   *
   * commands({ report: { path: '/usr/bin/python3', allowInterpreter: true } });
   * ```
   */
  'command/unsafe-program': {
    kind: 'misuse',
    message:
      'This program is not safe to run: it is missing, other users can change it, or it runs code from its arguments.',
    hint: 'Give the absolute path of a program that only administrators can change.',
  },
  /**
   * The template has an option that runs other programs or reads other files, such as `--upload-pack` of git or `-exec` of find. There is
   * usually a safer option for the purpose. If there is none, and you write everything after the option yourself, name it in `allowOptions`.
   *
   * ```ts
   * import { commands } from 'bulwark/command';
   *
   * commands({ git: { path: '/usr/bin/git', allowOptions: ['--upload-pack'] } });
   * ```
   */
  'command/forbidden-option': {
    kind: 'misuse',
    message: 'The template has an option that is dangerous in this program.',
    hint: 'Use another option, or name this one in `allowOptions`.',
  },
} as const;
