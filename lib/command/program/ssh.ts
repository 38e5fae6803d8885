import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import type { ProgramRules } from './program-rules.ts';
import { rulesFromTable } from './rules-from-table.ts';
import { matching, never, path, type ValueKind, wholeNumber } from './value-kind.ts';

export interface SshOptions {
  /** The hosts that a value may name. None by default. */
  readonly hosts?: readonly string[];
}

/**
 * The rules for the client of OpenSSH 9. A value is the host, the user, the port or the key. A shell on the other side joins and reads what
 * follows the host, so no value may be there.
 *
 * @throws Misuse `bulwark/invalid-option`
 */
export function ssh(options: SshOptions = {}): ProgramRules {
  const { hosts = [] } = knownOptions(options, ['hosts']);
  if (
    !Array.isArray(hosts) ||
    !hosts.every((host) => typeof host === 'string' && /^[a-z0-9][a-z0-9.-]*$/.test(host))
  ) {
    throw new Misuse(
      'bulwark/invalid-option',
      '`hosts` is a list of names in lower case, such as "backup.example.com".',
    );
  }
  const host: ValueKind = {
    name: 'a host of `hosts`',
    paths: false,
    reject: (value) => {
      const name = /^(?:[a-z_][a-z0-9_-]{0,31}@)?([a-z0-9][a-z0-9.-]*)$/.exec(value)?.[1];
      return name !== undefined && hosts.includes(name) ? undefined : 'it is not in `hosts`';
    },
  };
  return rulesFromTable({
    name: 'ssh',
    fixedArgs: [
      ...[
        '-F',
        '/dev/null',
        '-a',
        '-x',
        '-o',
        'BatchMode=yes',
        '-o',
        'ProxyCommand=none',
        '-o',
        'PermitLocalCommand=no',
      ],
      ...['-o', 'ClearAllForwardings=yes', '-o', 'ControlPath=none'],
    ],
    options: {
      ...{
        '-p': wholeNumber,
        '-i': path,
        '-l': matching('a user', /^[a-z_][a-z0-9_-]{0,31}$/, 'it is not a user'),
      },
      ...{ '-o': never, '-J': never, '-E': never, '-c': never, '-m': never, '-b': never, '-e': never },
    },
    flags: ['-4', '-6', '-T', '-q', '-v', '-n', '-C', '-N'],
    operands: [host, never],
    forbidden: [
      { option: '-F', because: 'reads settings from a file, which can run programs, ssh_config(5)' },
      { option: '-J', because: 'connects to another host first, ssh(1)' },
      { option: '-L', because: 'opens a port, ssh(1)' },
      { option: '-R', because: 'opens a port on the other side, ssh(1)' },
      { option: '-D', because: 'opens a proxy, ssh(1)' },
      { option: '-W', because: 'connects to another host from there, ssh(1)' },
      { option: '-w', because: 'opens a tunnel, ssh(1)' },
      { option: '-A', because: 'lets the other side use your keys, ssh(1)' },
      { option: '-X', because: 'lets the other side use your screen, ssh(1)' },
      { option: '-Y', because: 'lets the other side use your screen, ssh(1)' },
      { option: '-S', because: 'names a socket, and so another connection, ssh(1)' },
      { option: '-I', because: 'loads a library, ssh(1)' },
    ],
  });
}
