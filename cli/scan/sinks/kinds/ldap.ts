import type { SinkKind } from '../kind.ts';

/** A filter of an LDAP query, or a distinguished name. */
export const ldap: SinkKind<'ldap'> = {
  id: 'ldap',
  takes: 'text',
  neutralisedBy: ['dn-escaped'],
  harmfulCharacters: '()*\\&|=,\0',
  removableCharacters: '()*\\',
};
