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
   * An untrusted value would have meant more to the program than text. Without a shell there is no quoting to break out of, but each
   * program reads its arguments in its own way: `--upload-pack=...` is an option (CWE-88), `ext::sh` a program (CVE-2017-1000117 is of this
   * kind), `@/etc/passwd` a file, `msl:x` a script. Which values are accepted depends on the program and on the place of the value.
   * [The tables](../../guards/command-programs.md) say which.
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
    message: 'A command was not run, because a value has a special meaning to the program in this place.',
    hint: 'Check the value against what you expect, such as a list of names, before you run the command.',
  },
  /**
   * Git reads the configuration of the repository that it runs in, and some of its settings name programs: filters, `diff.external`,
   * `core.fsmonitor`, `remote.*.uploadpack` (CVE-2022-24765 is about repositories of other users). Those with a fixed name are overridden. Drivers
   * and includes have names of any kind, so a repository with a setting outside the list of harmless ones is refused.
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
      'Git was not run, because the configuration of the repository has a setting that is not known to be harmless.',
    hint: 'Never run git in a folder that a user uploaded. For your own repository, name the setting in `allowConfig`.',
  },
  /**
   * Memory, CPU, file size and open files are limited by the kernel, and `prlimit` of util-linux sets the limits before a program starts. It is
   * part of every Debian, Ubuntu and Fedora; on Alpine run `apk add util-linux-misc`. macOS and Windows have none. Without it, time and
   * output are still limited.
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
    message: 'The limits of a program cannot be set, because /usr/bin/prlimit is not there.',
    hint: 'Install util-linux, or leave memoryBytes, cpuSeconds, fileBytes and openFiles out.',
  },
  /**
   * A subcommand without rules has no list of what a value may be in each place, and in a repository it may be an alias.
   *
   * ```text
   * await run.git`submodule update`          // command/unknown-subcommand
   * await run.git`log --oneline -- ${path}`  // accepted
   * ```
   */
  'command/unknown-subcommand': {
    kind: 'misuse',
    message: 'There are no rules for this subcommand.',
    hint: 'Use a subcommand of the table, or give the program rules of your own.',
  },
  /**
   * A value was missing, or was not one value. An argument left out changes what a command does: `git log` without its branch shows
   * everything, `rm` without its folder means another one. A list or an object is refused too, because clients can send `?file=a&file=b`
   * where a single value is expected (CWE-843). Pass a list with `args.each`, and an argument that may be absent as a fragment.
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
    hint: 'Validate the input first. Pass a list with `args.each`, and leave an argument out with an empty fragment.',
  },
  /**
   * The kernel takes at most 131,071 bytes in one argument, and about 2 MB in all of them. The limits here are that, 1 MB in all, and 10,000
   * arguments, so that a long value is a clear refusal. `limit` says which one it was. Hand large data over as standard input.
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
    hint: 'Hand large data over as `stdin`.',
  },
  /**
   * The program took longer than `timeoutMs`, or used more than `cpuSeconds`. It was killed with all processes of its group. Hostile files
   * can be small and take for ever. `limit` says which of the two it was.
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
    message: 'A program was stopped, because it wrote more than the limit.',
    hint: 'Raise `maxOutputBytes` if the program may write this much.',
  },
  /**
   * As many programs as `maxConcurrent` are running, and as many as `maxWaiting` wait, or this one waited longer than `maxWaitMs`. Each program is
   * a process with memory of its own, so a flood of requests would take all that there is.
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
    message: 'A command was refused for now, because too many programs are running.',
    hint: 'Limit the requests that run programs, or raise `maxConcurrent` if there are cores and memory for more.',
  },
  /**
   * A program is called as a template: `` run.git`log ${branch}` ``. A string that was put together before the call has lost the border between
   * your text and the values (CWE-78).
   *
   * ```text
   * run.git(`log ${branch}`)   // Misuse: a string
   * run.git`log ${branch}`     // a template
   * ```
   */
  'command/not-a-template': {
    kind: 'misuse',
    message: 'A program was not called as a template.',
    hint: 'Write run.git`log`, without parentheses. Options go before it: run.git({ timeoutMs: 5_000 })`log`.',
  },
  /**
   * No shell reads the template. It is split at spaces, and each word is one argument. Quotes, pipes, redirections, variables and `;` would reach the
   * program as they are, which is never what they were written for. A value needs no quotes, whatever is in it.
   *
   * ```text
   * run.git`log --author="${name}" | head -5`    // Misuse: quotes and a pipe
   * run.git`log --author=${name} --max-count=5`  // accepted
   * ```
   */
  'command/no-shell': {
    kind: 'misuse',
    message: 'The template has the syntax of a shell, and there is no shell.',
    hint: 'Leave quotes out: a value is always one argument. Use the options `stdin` and `stdout` in place of pipes and redirections.',
  },
  /**
   * A value is one whole argument, or the end of one: `${file}`, `--format=${format}`, `origin/${branch}`. Put two values together before:
   * `` `--size=${`${width}x${height}`}` ``. A short option and its value are two arguments, because the value could add options
   * to `-n`. Nothing that a value says chooses the option.
   *
   * ```text
   * run.git`log -n${count}`          // Misuse: 5 --output=x
   * run.git`log -n ${count}`         // accepted
   * run.git`show ${rev}:README.md`   // Misuse: text behind the value
   * ```
   */
  'command/misplaced-value': {
    kind: 'misuse',
    message: 'A value stands where it would not be one whole argument, or the end of one.',
    hint: 'Put spaces around the value, or end the text before it with an equals sign: --option=.',
  },
  /**
   * A program is named by its absolute path, and is checked once: a regular file that can be executed and that not everybody can change. Shells,
   * interpreters and programs that run other programs (`sh`, `env`, `xargs`, `sudo`, `python3`) are refused, because their arguments are
   * code. If you run a script of your own, give the script itself as the program, or set `allowInterpreter`. Batch files of Windows are
   * always refused: `cmd.exe` reads their arguments once more (CVE-2024-27980).
   *
   * ```ts
   * import { commands } from 'bulwark/command';
   *
   * commands({ report: { path: '/usr/bin/python3', allowInterpreter: true } });
   * ```
   */
  'command/unsafe-program': {
    kind: 'misuse',
    message: 'A program cannot be used.',
    hint: 'Give the absolute path of a program that only administrators can change.',
  },
  /**
   * The template has an option that runs other programs or reads other files, such as `--upload-pack` of git or `-exec` of find. Mostly there is
   * another option for what is meant. Where there is none, and all that stands behind it is yours, name it in `allowOptions`.
   *
   * ```ts
   * import { commands } from 'bulwark/command';
   *
   * commands({ git: { path: '/usr/bin/git', allowOptions: ['--upload-pack'] } });
   * ```
   */
  'command/forbidden-option': {
    kind: 'misuse',
    message: 'The template has a dangerous option of the program.',
    hint: 'Do without it, or name it in `allowOptions`.',
  },
} as const;
