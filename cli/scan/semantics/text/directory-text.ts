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
 * The sink kinds that a part of an LDAP distinguished name is clean for. Escaping for a filter does not suffice there, because
 * it keeps the comma that ends the part. A part that is clean for SQL or markup too holds no comma.
 */
export function inName(clean: Kinds, whole: string): Kinds {
  const isEscaped = clean.meets(kinds('ldap')) && !clean.meets(kinds('sql', 'xss'));
  return isEscaped && !whole.includes('(') && namedPart.test(whole) ? clean.without(kinds('ldap')) : clean;
}
