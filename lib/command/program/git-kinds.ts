import { matching, type ValueKind } from './value-kind.ts';

/** A commit by name: `main`, `v1.2~3`, `origin/main..HEAD`. Not `:/text` and `^{/text}`, which search all of history. */
export const revision: ValueKind = {
  name: 'a revision',
  paths: false,
  reject: (value) => {
    if (!/^[\p{L}\p{N}_.^@][\p{L}\p{N}_./@{}^~+#%=,-]{0,255}$/u.test(value))
      return 'it is not the name of a revision';
    // Where a revision may be a file too, `git diff ../../a ../../b` compares any two files.
    if (/(?:^|\/)\.\.?(?:\/|$)/.test(value)) return 'it is a path';
    return value.includes('{/') ? 'it searches the history' : undefined;
  },
};

/** A revision, or a file in one: `HEAD:docs/a.md`. */
export const object: ValueKind = {
  name: 'a revision, or a file in one',
  paths: false,
  reject: (value) => {
    const colon = value.indexOf(':');
    if (colon === -1) return revision.reject?.(value);
    const file = value.slice(colon + 1);
    if (hasControl(file)) return 'it has control characters';
    return revision.reject?.(value.slice(0, colon));
  },
};

/** A branch or tag, as defined by git-check-ref-format(1). Not a refspec: `a:b` and `+a` overwrite other branches. */
export const branch: ValueKind = {
  name: 'the name of a branch or tag',
  paths: false,
  reject: (value) =>
    /^[\p{L}\p{N}_][\p{L}\p{N}_./@+#%=,-]{0,249}$/u.test(value) &&
    !/\.\.|\/\/|\/\.|@\{|\.lock(?:\/|$)|[./]$/.test(value)
      ? undefined
      : 'it is not the name of a branch or tag',
};

/** A file in the repository. With a file outside it, `git diff` would compare any two files. */
export const fileInRepository: ValueKind = {
  name: 'a file of the repository',
  paths: true,
  reject: (value) => {
    if (value === '' || hasControl(value)) return 'it is not the name of a file';
    if (value.startsWith('/') || /^[A-Za-z]:|\\/.test(value)) return 'it is an absolute path';
    return value.split('/').includes('..') ? 'it leads out of the repository' : undefined;
  },
};

/** A configured remote, by name. Instead, git would fetch from a path or URL. */
export const remoteName: ValueKind = matching(
  'the name of a remote',
  /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,99}$/u,
  'it is not the name of a remote',
);

function hasControl(value: string): boolean {
  return /\p{Cc}/u.test(value);
}
