import type { SinkKind } from '../kind.ts';

/** A filter of a directory, or a name in it. */
export const ldap: SinkKind<'ldap'> = {
  id: 'ldap',
  takes: 'text',
  neutralisedBy: ['dn-escaped'],
  harmfulCharacters: '()*\\&|=,\0',
  removableCharacters: '()*\\',
};
