import { dnEscaped, type Kinds, kinds } from '../../dataflow/domain/kinds.ts';

/** What was escaped for a name may end a filter of LDAP that is open: `(cn=`. */
export function inFilter(clean: Kinds, before: string): Kinds {
  return before.lastIndexOf('(') > before.lastIndexOf(')') ? clean.without(dnEscaped) : clean;
}

/** `ou=..,dc=example`, `uid=..,` and something that is not known; a filter has parentheses. */
const namedPart = /(?:^|[,+])\s*[a-z][\w.-]*=\0[^,()]*,\s*(?:\0|[a-z][\w.-]*=)/i;

/**
 * For what a part is harmless that was escaped for a filter, and becomes part of a name of LDAP: a comma ends it there. What can
 * have no commas at all is harmless in statements or in markup too.
 */
export function inName(clean: Kinds, whole: string): Kinds {
  const isEscaped = clean.meets(kinds('ldap')) && !clean.meets(kinds('sql', 'xss'));
  return isEscaped && !whole.includes('(') && namedPart.test(whole) ? clean.without(kinds('ldap')) : clean;
}
