import { allowed, type Decision, deny } from '../refusal/decision.ts';
import type { ProgramRules, ValuePosition } from './program/program-rules.ts';

type Mark = readonly [pattern: RegExp, reason: string];

/** Whatever precedes the value. */
const files: readonly Mark[] = [
  [
    process.platform === 'win32' ? /[/\\]/ : /\//,
    'it has a slash, so it may name a file: pass a SafePath, or give the program rules',
  ],
  [/^\.\.?$/, 'it names a folder'],
];

/**
 * `https:x`, `user@host:x`, `10.0.0.1:x` and `[::1]:x` (scp, sftp, rclone). A time, a ratio and an ISO 8601 timestamp don't match.
 */
const schemeOrHost =
  /^(?!\d+(?:\.\d+)?(?::\d+(?:\.\d+)?)+$|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?$)(?:[\p{L}\p{N}_.@+%~-]+|\S*\[[\da-f:.%]+\]):\S/iu;
/** The same without a path: `scp` writes to the home directory of `user@host:`. */
const hostAlone =
  /^(?:[\p{L}\p{N}_.+%~-]+@)?(?:[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+|\[[\da-f:.%]+\]):$|^[\p{L}\p{N}_.+%~-]+@[\p{L}\p{N}_-]+:$/iu;

/** Characters that have a special meaning to some program at the start of a value. The dash is refused for every program. */
const anywhere: readonly Mark[] = [
  [/^@/, 'it begins with an at sign, which names a file of arguments to many programs'],
  [/^\|/, 'it begins with a pipe, which runs a command in many programs'],
  [
    schemeOrHost,
    'it begins with a scheme or a host, which names another machine or a format to many programs',
  ],
  [hostAlone, 'it is a host, which names another machine to many programs'],
];

/** The same, if the value is the whole argument. */
const alone: readonly Mark[] = [
  [/^\+/, 'it begins with a plus sign, as the options of some programs do'],
  [/^-/, 'it begins with a dash, as options do'],
  // In a Windows code page, these become the dash (CVE-2024-4577).
  [/^[\p{Dash}\u00ad]/u, 'it begins with a character that some programs read as a dash'],
  [/^$/, 'it is empty'],
];

/**
 * The rules for a program without a table: files as `SafePath`, and text that is neither a path nor starts with a special character. `rules` in
 * the program's entry replaces them.
 */
export function defaultRules(name: string): ProgramRules {
  return Object.freeze({
    name,
    judgeValue(value: string, position: ValuePosition): Decision {
      const { prefix, joined, option, index, kind } = position;
      const reject = (reason: string): Decision =>
        deny('command/unsafe-value', {
          ...{
            program: name,
            position: option ?? `argument ${index + 1}`,
            value: value.slice(0, 200),
            reason,
          },
        });
      if (kind === 'path') {
        return joined || prefix === '' || prefix.endsWith('=')
          ? allowed
          : reject('text stands before the path');
      }
      const marks = [
        ...files,
        ...(prefix === '' ? anywhere : []),
        ...(prefix === '' && !joined ? alone : []),
      ];
      const reason = marks.find(([pattern]) => pattern.test(value))?.[1];
      return reason === undefined ? allowed : reject(reason);
    },
  });
}
