import { knownOptions } from '../../internal/known-options.ts';
import { allowed, deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { judgeConfig, linked, readSettings } from './git-config.ts';
import { remoteName } from './git-kinds.ts';
import { gitItself, gitSubcommands } from './git-subcommands.ts';
import type { Argument, Preflight, ProgramRules } from './program-rules.ts';
import type { ProgramTable } from './program-table.ts';
import { type RemoteOptions, remoteOptionNames, remoteUrl } from './remote-url.ts';
import { commandOf, isFirstOperand, judgePath, refuseWords, rulesFromTable } from './rules-from-table.ts';
import type { ValueKind } from './value-kind.ts';

export interface GitOptions extends RemoteOptions {
  /** Settings in a repository's own configuration that are accepted, in lower case: `['core.commentchar']`. */
  readonly allowConfig?: readonly string[];
  /** Accepts a `.git` that is a file pointing elsewhere, as in worktrees and submodules. */
  readonly allowGitFile?: boolean;
  /** Allows ssh to remotes that the repository's configuration names. */
  readonly allowSsh?: boolean;
}

/**
 * The rules for git 2.35 or later. Hooks, fsmonitor, pagers, editors and helpers are disabled, the configuration of the user and the system is not
 * read, and a repository with settings that could run programs is refused.
 *
 * @throws Misuse `bulwark/invalid-option`
 */
export function git(options: GitOptions = {}): ProgramRules {
  const own = knownOptions(options, [...remoteOptionNames, 'allowConfig', 'allowGitFile', 'allowSsh']);
  const url = remoteUrl(own);
  const table: ProgramTable = { ...gitTable, subcommands: gitSubcommands(url), env: environment(own) };
  const rules = rulesFromTable(table);
  return {
    ...rules,
    judgeCommand: (command) => {
      refuseWords(table, command);
      requireSubcommand(table, command);
      return allowed;
    },
    writeFile: (file, position) => {
      const judged = judgePath(table, file, position);
      if (!judged.allow) return judged;
      const { name } = commandOf(table, position.before);
      // A URL keeps git from reading the other repository's files itself (CVE-2022-39253).
      return isFirstOperand(table, position) && isOneOf(name, ['clone', 'fetch', 'ls-remote'])
        ? `file://${encodeURI(file.path).replaceAll('?', '%3F').replaceAll('#', '%23')}`
        : file.path;
    },
    ceiling: { option: '-C', variable: 'GIT_CEILING_DIRECTORIES' },
    preflight: [configCheck(table, own, url), folderCheck(table, own.allowGitFile === true)],
  };
}

/** The configuration that the command would read. */
function configCheck(table: ProgramTable, options: Partial<GitOptions>, url: ValueKind): Preflight {
  const allowConfig = [...(options.allowConfig ?? [])];
  return {
    args: (command) =>
      checkArgs(table, command, ['config', '--list', '-z', '--show-scope', '--show-origin', '--no-includes']),
    judge: ({ stdout, code }, command) => {
      if (code !== 0) return deny('command/unsafe-repository', { key: '(unreadable)', origin: '' });
      const { name } = commandOf(table, command);
      const connects = isOneOf(name, ['fetch', 'push', 'ls-remote', 'clone', 'remote']);
      const rejectUrl = (remote: string) => rejectRemote(remote, url.reject, options.allowSsh === true, name);
      return judgeConfig(readSettings(stdout), {
        allowConfig,
        allowGitFile: options.allowGitFile === true,
        gitFolder: gitFolderOf(table, command),
        rejectUrl: connects ? rejectUrl : undefined,
      });
    },
  };
}

/** Where the repository is: a link instead of `.git` leads to another one, and without a repository, `git diff` reads any files. */
function folderCheck(table: ProgramTable, allowGitFile: boolean): Preflight {
  const compares = (command: readonly Argument[]): boolean => commandOf(table, command).name === 'diff';
  return {
    args: (command) =>
      gitFolderOf(table, command) === undefined && (!allowGitFile || compares(command))
        ? checkArgs(table, command, ['rev-parse', '--show-toplevel', '--absolute-git-dir'])
        : undefined,
    judge: ({ stdout, code }, command) => {
      if (code !== 0 && compares(command)) {
        return { ...deny('command/unsafe-repository', { key: '.git', origin: '' }), hint: noRepository };
      }
      const [top, folder] = stdout.split('\n');
      // Outside a repository it fails, and so does whatever needs one.
      if (allowGitFile || code !== 0 || folder === (top === '/' ? '/.git' : `${top}/.git`)) return allowed;
      return { ...deny('command/unsafe-repository', { key: '.git', origin: '' }), hint: linked };
    },
  };
}

const noRepository =
  'There is no repository here, where `git diff` compares any two files. Name the repository with `-C`.';

function checkArgs(
  table: ProgramTable,
  command: readonly Argument[],
  check: readonly string[],
): readonly string[] | undefined {
  const { name, start } = commandOf(table, command);
  if (name === 'version') return undefined;
  const before = command.slice(0, Math.max(0, start - 1)).map(({ text }) => text);
  return [...(table.fixedArgs ?? []), ...before, ...check];
}

/** Fixed settings: no hooks, no programs named by settings, no redirect to another host, bare repositories only by name. */
const settings = {
  'safe.bareRepository': 'explicit',
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  'core.pager': 'cat',
  'core.attributesFile': '/dev/null',
  'core.excludesFile': '/dev/null',
  'core.protectNTFS': 'true',
  'core.protectHFS': 'true',
  'credential.helper': '',
  'core.askPass': '',
  'gpg.program': '/bin/false',
  'log.showSignature': 'false',
  'submodule.recurse': 'false',
  'fetch.recurseSubmodules': 'false',
  'http.followRedirects': 'false',
  'protocol.ext.allow': 'never',
  'gc.auto': '0',
  'maintenance.auto': 'false',
};

const gitTable: ProgramTable = {
  ...gitItself,
  name: 'git',
  endOfOptions: {
    marker: '--',
    manual: 'gitcli(7): "you can add a -- after the options and before the paths"; revisions stand before it',
  },
  fixedArgs: Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  forbiddenWords: [
    { option: '--textconv', because: 'runs the text filters that the configuration names, git-diff(1)' },
  ],
  forbidden: [
    { option: '--upload-pack', because: 'runs its value as a program, git-fetch-pack(1)' },
    { option: '--receive-pack', because: 'runs its value as a program, git-push(1)' },
    { option: '--exec', because: 'runs its value as a program, git-push(1) and git-rebase(1)' },
    { option: '--exec-path', because: 'chooses where git finds its own programs, git(1)' },
    { option: '--config-env', because: 'sets any setting, git(1)' },
    { option: '--ext-diff', because: 'runs the diff programs that the configuration names, git-diff(1)' },
    { option: '--template', because: 'copies hooks from a directory, git-init(1)' },
    { option: '--separate-git-dir', because: 'puts the repository elsewhere, git-init(1)' },
    { option: '--open-files-in-pager', because: 'runs its value as a program, git-grep(1)' },
    {
      option: '--recurse-submodules',
      because: 'fetches from the URLs that a repository names, gitsubmodules(7)',
    },
    { option: '--unsafe-paths', because: 'lets a patch write outside the directory, git-apply(1)' },
    { option: '--bundle-uri', because: 'fetches from another URL, git-clone(1)' },
  ],
};

function environment(options: Partial<GitOptions>): Readonly<Record<string, string>> {
  const protocols = [
    'https',
    'file',
    ...(options.allowHttp === true ? ['http'] : []),
    ...(options.allowSsh === true ? ['ssh'] : []),
  ];
  return {
    // Takes precedence over each protocol.*.allow of a repository's configuration.
    GIT_ALLOW_PROTOCOL: protocols.join(':'),
    GIT_PROTOCOL_FROM_USER: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '/bin/false',
    GIT_EDITOR: '/bin/false',
    GIT_SEQUENCE_EDITOR: '/bin/false',
    GIT_PAGER: 'cat',
    GIT_SSH_COMMAND: 'ssh -F /dev/null -o BatchMode=yes',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_LAZY_FETCH: '1',
  };
}

/** A subcommand that is not in the table has no rules, and an alias of the repository is one. */
function requireSubcommand(table: ProgramTable, command: readonly Argument[]): void {
  const { command: known, name } = commandOf(table, command);
  if (known) return;
  const names = Object.keys(table.subcommands ?? {}).join(', ');
  throw new Misuse(
    'command/unknown-subcommand',
    `git ${name} has no rules. These subcommands have: ${names}.`,
  );
}

function rejectRemote(
  url: string,
  reject: ((url: string) => string | undefined) | undefined,
  allowSsh: boolean,
  command: string | undefined,
): string | undefined {
  // `branch.*.remote` names a remote, whose own URL is checked too.
  if (remoteName.reject?.(url) === undefined || url === '.') return undefined;
  if (allowSsh && /^(?:ssh:\/\/)?git@[A-Za-z0-9][A-Za-z0-9.-]*[:/][\w./~-]+$/.test(url)) return undefined;
  if (command !== 'push' && /^(?:file:\/\/)?\/(?!\/)/.test(url)) return undefined;
  return reject?.(url);
}

function gitFolderOf(table: ProgramTable, command: readonly Argument[]): string | undefined {
  // After the subcommand, it may be the name of a file.
  const before = command.slice(0, Math.max(0, commandOf(table, command).start - 1));
  const index = before.findIndex(({ text }) => /^--git-dir(?:=|$)/.test(text));
  const word = before[index]?.text;
  return word === '--git-dir' ? before[index + 1]?.text : word?.slice('--git-dir='.length);
}

function isOneOf(name: string | undefined, names: readonly string[]): boolean {
  return name !== undefined && names.includes(name);
}
