import { branch, fileInRepository, object, revision } from './git-kinds.ts';
import { date, listing } from './git-listing.ts';
import { remoteSubcommands } from './git-remote-subcommands.ts';
import type { CommandTable } from './program-table.ts';
import { line, matching, never, path, text, type ValueKind, wholeNumber } from './value-kind.ts';

const plain: CommandTable = {
  flags: ['--quiet', '-q', '--end-of-options', '--verify', '--short', '-v', '--verbose'],
};

/** The values that each subcommand takes. Those that take the URL of another repository are added with the allowed hosts. */
export function gitSubcommands(url: ValueKind): Readonly<Record<string, CommandTable>> {
  return {
    log: listing,
    show: { ...listing, operands: [object] },
    diff: listing,
    'rev-list': listing,
    shortlog: { ...listing, flags: [...(listing.flags ?? []), '-e', '-n'] },
    'diff-tree': listing,
    status: {
      flags: ['--short', '-s', '--porcelain', '-z', '--branch', '-b'],
      operandsAfterEnd: [fileInRepository],
    },
    grep: {
      options: {
        ...{ '-e': line, '-m': wholeNumber, '--max-count': wholeNumber, '--max-depth': wholeNumber },
        ...{ '-A': wholeNumber, '-B': wholeNumber, '-C': wholeNumber, '-f': never, '-O': never },
        '--threads': wholeNumber,
      },
      flags: [
        ...[
          '-n',
          '-i',
          '-l',
          '-c',
          '-w',
          '-F',
          '-E',
          '-G',
          '-h',
          '-H',
          '-I',
          '-q',
          '-z',
          '-v',
          '--fixed-strings',
        ],
        ...[
          '--line-number',
          '--ignore-case',
          '--name-only',
          '--count',
          '--cached',
          '--end-of-options',
          '--no-color',
        ],
      ],
      operands: [revision],
      operandsAfterEnd: [fileInRepository],
    },
    blame: {
      options: { '-L': never, '--since': date, '--contents': path, '--ignore-revs-file': path },
      flags: ['-p', '--porcelain', '--line-porcelain', '-w', '-e', '-s', '--end-of-options'],
      operands: [revision],
      operandsAfterEnd: [fileInRepository],
    },
    archive: {
      options: {
        '--prefix': matching(
          'a folder',
          /^(?!.*\.\.)[\w][\w./-]{0,199}\/$/,
          'it is not the name of a folder',
        ),
        ...{ '--format': matching('a format', /^(?:tar|zip|tgz|tar\.gz)$/, 'it is not tar, zip or tgz') },
        ...{ '-o': path, '--output': path, '--remote': never, '--exec': never, '--add-file': never },
      },
      flags: ['-v', '--verbose', '--worktree-attributes', '--end-of-options'],
      operands: [revision, fileInRepository],
      operandsAfterEnd: [fileInRepository],
    },
    'cat-file': { flags: ['-p', '-t', '-s', '-e', 'blob', '--end-of-options'], operands: [object] },
    'ls-tree': {
      flags: ['-r', '-t', '-d', '-l', '-z', '--name-only', '--full-tree', '--long', '--end-of-options'],
      operands: [object, fileInRepository],
      operandsAfterEnd: [fileInRepository],
    },
    'ls-files': {
      options: { '--exclude': never, '-x': never, '-X': never, '--exclude-from': never },
      flags: ['-z', '-s', '-o', '-m', '-c', '-d', '--cached', '--others', '--stage', '--exclude-standard'],
      operandsAfterEnd: [fileInRepository],
    },
    'rev-parse': { ...plain, operands: [object] },
    'merge-base': {
      ...plain,
      flags: [...(plain.flags ?? []), '--is-ancestor', '--all', '-a'],
      operands: [revision],
    },
    describe: { flags: ['--tags', '--always', '--all', '--long', '--dirty'], operands: [revision] },
    'show-ref': {
      ...plain,
      flags: [...(plain.flags ?? []), '--heads', '--tags', '--exists'],
      operands: [branch],
    },
    'for-each-ref': {
      options: { '--count': wholeNumber, '--format': never, '--sort': never, '--points-at': revision },
    },
    branch: {
      options: { '-u': branch, '--set-upstream-to': branch, '--contains': revision, '--merged': revision },
      flags: [
        '-d',
        '-D',
        '-m',
        '-M',
        '-c',
        '-f',
        '-a',
        '-r',
        '-q',
        '--list',
        '--delete',
        '--move',
        '--force',
      ],
      operands: [branch, revision],
    },
    tag: {
      options: { '-m': text, '--message': text, '-n': wholeNumber, '-F': path, '-u': never },
      flags: ['-a', '-d', '-f', '-l', '--list', '--annotate', '--delete', '--force'],
      operands: [branch, revision],
    },
    checkout: {
      options: { '-b': branch, '-B': branch, '--orphan': branch },
      flags: ['-q', '-f', '--quiet', '--force', '--detach', '--end-of-options'],
      operands: [revision],
      operandsAfterEnd: [fileInRepository],
    },
    switch: {
      options: { '-c': branch, '-C': branch },
      flags: ['-q', '--detach', '--quiet'],
      operands: [revision],
    },
    restore: {
      options: { '-s': revision, '--source': revision },
      flags: ['--staged', '--worktree', '-S', '-W', '-q'],
      operandsAfterEnd: [fileInRepository],
    },
    reset: {
      flags: ['--hard', '--soft', '--mixed', '-q', '--quiet'],
      operands: [revision],
      operandsAfterEnd: [fileInRepository],
    },
    add: {
      flags: ['-A', '--all', '-u', '-f', '-v', '--update', '--force'],
      operandsAfterEnd: [fileInRepository],
    },
    rm: { flags: ['-r', '-f', '-q', '--cached', '--quiet', '--force'], operandsAfterEnd: [fileInRepository] },
    commit: {
      options: {
        ...{
          '-m': text,
          '--message': text,
          '-F': path,
          '--file': path,
          '--date': date,
          '-c': never,
          '-C': revision,
        },
        '--author': matching(
          'Name <email>',
          /^[^\p{Cc}<>]{1,200} <[^\p{Cc} <>]{1,200}>$/u,
          'it is not "Name <email>"',
        ),
      },
      flags: [
        '-a',
        '-q',
        '--all',
        '--quiet',
        '--allow-empty',
        '--amend',
        '--no-edit',
        '--no-verify',
        '-n',
        '-s',
      ],
      operandsAfterEnd: [fileInRepository],
    },
    merge: {
      options: { '-m': text, '-s': never, '-X': never },
      flags: ['--ff-only', '--no-ff', '-q', '--no-edit'],
      operands: [revision],
    },
    ...remoteSubcommands(url),
    init: {
      options: { '-b': branch, '--initial-branch': branch },
      flags: ['--bare', '-q', '--quiet'],
      operands: [path],
    },
    bundle: { flags: ['-q', '--quiet'], operands: [never, path, revision] },
    apply: {
      options: { '-p': wholeNumber, '--directory': never },
      flags: ['--check', '--stat', '--numstat', '--index'],
      operands: [path],
    },
    config: { operands: [] },
    gc: {},
    fsck: {},
    'count-objects': {},
    reflog: {},
    version: {},
  };
}

/** `-c user.name=${name}`: the only settings that accept an untrusted value. */
const setting = matching(
  'a setting of user.name or user.email',
  /^user\.(?:name|email)=[^\p{Cc}<>]{1,200}$/u,
  'it sets something else than user.name or user.email',
);

/** The options that may precede the subcommand. */
export const gitItself: CommandTable = {
  options: {
    '-C': path,
    '--git-dir': path,
    '--work-tree': path,
    '-c': setting,
    '--namespace': never,
    '--attr-source': revision,
  },
  flags: [
    '--no-pager',
    '--no-replace-objects',
    '--bare',
    '--no-optional-locks',
    '--literal-pathspecs',
    '--version',
  ],
};
