import { allowed, type Decision, deny } from '../../refusal/decision.ts';

export interface Setting {
  readonly scope: string;
  /** `file:.git/config`. */
  readonly origin: string;
  /** Section and name in lower case, the part between them as written. */
  readonly key: string;
  readonly value: string;
}

/** The output of `git config --list -z --show-scope --show-origin`. */
export function readSettings(listing: string): readonly Setting[] {
  const parts = listing.split('\0');
  const settings: Setting[] = [];
  for (let at = 0; at + 2 < parts.length; at += 3) {
    const [scope = '', origin = '', entry = ''] = parts.slice(at, at + 3);
    const end = entry.indexOf('\n');
    settings.push({
      scope,
      origin,
      key: end < 0 ? entry : entry.slice(0, end),
      value: end < 0 ? '' : entry.slice(end + 1),
    });
  }
  return settings;
}

/**
 * Settings of a repository that run no program, name no file and reach no other host, from git-config(1) of git 2.47. All others are refused:
 * filters, diff and merge drivers can have any name, and each version adds settings.
 */
const harmless = [
  /^core\.(?:repositoryformatversion|filemode|bare|logallrefupdates|ignorecase|precomposeunicode|symlinks)$/,
  /^core\.(?:autocrlf|eol|safecrlf|compression|bigfilethreshold|quotepath|abbrev|sparsecheckout(?:cone)?|longpaths)$/,
  /^extensions\.(?:objectformat|refstorage|noop|worktreeconfig)$/,
  /^remote\.[^\n]{1,200}\.(?:url|pushurl|fetch|push|tagopt|prune|mirror|skipdefaultupdate|gh-resolved)$/,
  /^branch\.[^\n]{1,250}\.(?:remote|merge|rebase|pushremote)$/,
  /^(?:user|author|committer)\.(?:name|email)$/,
  /^(?:init\.defaultbranch|pull\.(?:rebase|ff)|push\.(?:default|autosetupremote)|fetch\.(?:prune|prunetags))$/,
  /^(?:merge|rebase)\.(?:ff|conflictstyle|renames|autostash|autosquash)$|^rerere\.enabled$/,
  /^(?:pack|index|gc|color|column|advice|i18n|feature|commitgraph)\.(?!recentobjectshook)[\w.-]{1,60}$/,
  /^(?:submodule\.active|diff\.(?:renames|algorithm|mnemonicprefix|noprefix|context|renamelimit)|lfs\.repositoryformatversion)$/,
];

export interface ConfigPolicy {
  /** Keys that the developer vouches for, in lower case. */
  readonly allowConfig: readonly string[];
  /** True if `.git` may be a file that points to another directory. */
  readonly allowGitFile: boolean;
  /** The directory of `--git-dir`, if one was given. */
  readonly gitFolder: string | undefined;
  /** Why a remote's URL must not be connected to; undefined if the command connects to none. */
  readonly rejectUrl: ((url: string) => string | undefined) | undefined;
}

/** Refuses a repository whose own configuration could run a program, read another file, or reach another host. */
export function judgeConfig(settings: readonly Setting[], policy: ConfigPolicy): Decision {
  for (const { scope, origin, key, value } of settings) {
    if (scope === 'command') continue;
    const denied = deny('command/unsafe-repository', {
      key: key.slice(0, 200),
      origin: origin.slice(0, 200),
    });
    if (policy.allowConfig.includes(key)) continue;
    if (!harmless.some((pattern) => pattern.test(key))) return denied;
    if (!isOwn(origin, policy)) return { ...denied, hint: linked };
    const connects =
      /^remote\..*\.(?:url|pushurl)$/s.test(key) || /^branch\..*\.(?:remote|pushremote)$/s.test(key);
    if (policy.rejectUrl && connects && policy.rejectUrl(value) !== undefined)
      return { ...denied, hint: otherHost };
  }
  return allowed;
}

export const linked =
  'Its `.git` points to another folder. If it is a worktree or submodule of your own, set `allowGitFile`.';
const otherHost = 'It names a remote whose host is not in `hosts`.';

/** A `.git` file, or `commondir` in it, makes git read another repository than the directory's own. */
function isOwn(origin: string, policy: ConfigPolicy): boolean {
  if (policy.allowGitFile || /^file:\.git\/config(?:\.worktree)?$/.test(origin)) return true;
  return policy.gitFolder !== undefined && origin === `file:${policy.gitFolder}/config`;
}
