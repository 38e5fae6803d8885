import { dnEscaped, type Kinds, kinds } from '../../dataflow/domain/kinds.ts';

/**
 * The sink kinds that a value stays clean for when it is inserted into an LDAP filter.
 * Inside an open parenthesis, as after `(cn=`, a value that is only escaped for a distinguished name is not clean.
 * @param before the text in front of the value
 */
export function inFilter(clean: Kinds, before: string): Kinds {
  return before.lastIndexOf('(') > before.lastIndexOf(')') ? clean.without(dnEscaped) : clean;
}

/** An LDAP name with an unknown part, such as `ou=..,dc=example` or `uid=..,`. A filter would have parentheses. */
const namedPart = /(?:^|[,+])\s*[a-z][\w.-]*=\0[^,()]*,\s*(?:\0|[a-z][\w.-]*=)/i;

/**
 * The sink kinds that a value stays clean for when it is inserted into an LDAP distinguished name. Escaping for a
 * filter does not suffice there: it keeps commas, and a comma ends a part of the name. The kind `ldap` is therefore
 * removed. It is kept if the value is also clean for `sql` or `xss`, because the value is then probably a number or the
 * like.
 * @param whole the text around the value, with a NUL character for each unknown part
 */
export function inName(clean: Kinds, whole: string): Kinds {
  const isEscaped = clean.meets(kinds('ldap')) && !clean.meets(kinds('sql', 'xss'));
  return isEscaped && !whole.includes('(') && namedPart.test(whole) ? clean.without(kinds('ldap')) : clean;
}
