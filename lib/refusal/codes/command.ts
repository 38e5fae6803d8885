export interface CommandDetail {
  'command/unsafe-value': {
    readonly program: string;
    readonly position: string;
    readonly value: string;
    readonly reason: string;
  };
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
} as const;
