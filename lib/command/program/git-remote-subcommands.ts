import { branch, remoteName } from './git-kinds.ts';
import { date } from './git-listing.ts';
import type { CommandTable } from './program-table.ts';
import { never, orPath, path, type ValueKind, wholeNumber } from './value-kind.ts';

/** The subcommands that name another repository. */
export function remoteSubcommands(url: ValueKind): Readonly<Record<string, CommandTable>> {
  const remote = { ...remoteName, name: 'a remote', paths: true, reject: eitherOf(remoteName, url) };
  const cloned: ValueKind = orPath(url);
  const fetching = [
    '--quiet',
    '-q',
    '--all',
    '--tags',
    '--prune',
    '--no-tags',
    '--force',
    '--end-of-options',
    '--atomic',
  ];
  return {
    clone: {
      options: {
        ...{
          '--depth': wholeNumber,
          '-b': branch,
          '--branch': branch,
          '--jobs': wholeNumber,
          '-j': wholeNumber,
        },
        ...{
          '-o': remoteName,
          '--origin': remoteName,
          '--shallow-since': date,
          '-u': never,
          '-c': never,
          '--config': never,
        },
        ...{
          '--reference': never,
          '--reference-if-able': never,
          '--bundle-uri': never,
          '--server-option': never,
        },
      },
      flags: [
        '--quiet',
        '-q',
        '--bare',
        '--mirror',
        '--single-branch',
        '--no-checkout',
        '-n',
        '--no-tags',
        '--end-of-options',
      ],
      operands: [cloned, path],
    },
    fetch: {
      options: {
        '--depth': wholeNumber,
        '--deepen': wholeNumber,
        '--shallow-since': date,
        '-j': wholeNumber,
        '-o': never,
      },
      flags: fetching,
      operands: [remote, branch],
    },
    push: {
      options: { '-o': never, '--repo': never },
      flags: [...fetching, '-u', '--delete', '-d', '-f'],
      // Not a directory: pushing to a repository runs its hooks.
      operands: [{ ...remote, paths: false }, branch],
    },
    'ls-remote': {
      options: { '--sort': never, '-o': never },
      flags: ['--heads', '--tags', '--refs', '-q', '--quiet', '--symref', '--exit-code', '--end-of-options'],
      operands: [remote, branch],
    },
    remote: { flags: ['-v'], operands: [never, remoteName, url] },
  };
}

function eitherOf(one: ValueKind, other: ValueKind): (value: string) => string | undefined {
  return (value) => {
    const reason = one.reject?.(value);
    return reason === undefined || other.reject?.(value) === undefined ? undefined : reason;
  };
}
