import { dnEscaped, type Kinds, kinds } from '../../dataflow/domain/kinds.ts';

/**
 * The sink kinds that a part of an LDAP text is clean for, where `before` precedes it. Escaping for a distinguished name does
 * not suffice inside the open parenthesis of a filter: `(cn=`.
 */
export function inFilter(clean: Kinds, before: string): Kinds {
  return before.lastIndexOf('(') > before.lastIndexOf(')') ? clean.without(dnEscaped) : clean;
}

/** An LDAP name with an unknown part, such as `ou=..,dc=example` or `uid=..,`. A filter would have parentheses. */
const namedPart = /(?:^|[,+])\s*[a-z][\w.-]*=\0[^,()]*,\s*(?:\0|[a-z][\w.-]*=)/i;

/**
 * Removes `ldap` from the sink kinds of a value that was only escaped for an LDAP filter and stands in a distinguished name.
 * Filter escaping keeps commas, and a comma ends a part of the name. A value that is also clean for SQL or XSS is taken to be
 * stricter than an escaped text, such as a number.
 * @param whole the text around the value, with a NUL character for each unknown part
 */
export function inName(clean: Kinds, whole: string): Kinds {
  const isEscaped = clean.meets(kinds('ldap')) && !clean.meets(kinds('sql', 'xss'));
  return isEscaped && !whole.includes('(') && namedPart.test(whole) ? clean.without(kinds('ldap')) : clean;
}
