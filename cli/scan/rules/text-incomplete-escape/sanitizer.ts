import { localNames } from '../../ir/local-names.ts';
import { usersOf } from '../../ir/query/users.ts';
import type { Use } from '../kit/use.ts';
import { namesAround } from '../kit/value/names-of.ts';
import type { Replacement } from './replacement.ts';

/** Whether the use is in a function or class whose name says that it makes text safe, such as `sanitizeHtml`. */
export function isSanitizing(use: Use): boolean {
  const { linked, id } = use.frame;
  return namesAround(linked, id).some((name) =>
    /sanit|escape|purif|xss|clean|safe|secur|protect|filter/i.test(name),
  );
}

/** `escapeHtml`, `safeName`, `esc`; not `unescape` or `unquoted`, which do the opposite. */
const making = /(?<!un)(sanit|escap|purif|clean|safe|quot|encod)|^esc$|^esc[A-Z_]|_esc$|Esc$/i;

/**
 * Whether a replacement is meant to make a text safe, such as `safeName = name.replace(...)`. This is judged by the
 * names of the functions and classes around the replacement, and of the variable that holds the result.
 */
export function isSanitizer(use: Use, one: Replacement): boolean {
  const { linked, id, func } = use.frame;
  if (namesAround(linked, id).some((name) => making.test(name))) return true;
  const users = usersOf(func);
  const seen = new Set([one.value]);
  for (const at of seen) {
    if (localNames(func, at).some((name) => making.test(name))) return true;
    if (seen.size > 20) return false;
    // Further calls in the same expression: `.trim()`, `.replace(...)`.
    for (const user of (users.of[at] ?? []).slice(0, 10)) {
      const inst = use.frame.inst(user);
      if (inst.op === 'typed' || (inst.op === 'call' && inst.callee === at)) seen.add(user);
      else if (inst.op === 'member' && inst.object === at) seen.add(user);
    }
  }
  return false;
}
