/** ldapjs 2 and 3, ldapts 7 and 8, ldap-escape 2. Documentation: http://ldapjs.org/client.html */
import type { Models } from '../../../models/model.ts';

export const ldap: Models = {
  language: 'javascript',
  types: [
    ['ldap.Client', 'ldapjs', 'Member[createClient].ReturnValue'],
    ['ldap.Client', 'ldapjs', 'Member[Client].Instance'],
    ['ldap.Client', 'ldapts', 'Member[Client].Instance'],
    ['ldap.Client', 'ldap-client', 'Instance'],
  ],
  sinks: [
    ['ldap.Client', 'Member[search].Argument[0]', 'ldap'],
    ['ldap.Client', 'Member[search].Argument[1].Member[filter]', 'ldap'],
    ['ldap.Client', 'Member[bind,add,del,modify,modifyDN,compare].Argument[0]', 'ldap'],
    ['ldap.Client', 'Member[modifyDN].Argument[1]', 'ldap'],
    ['ldapjs', 'Member[parseFilter,parseDN].Argument[0]', 'ldap'],
    ['ldapts', 'Member[FilterParser].Member[parseString].Argument[0]', 'ldap'],
  ],
  sanitizers: [
    ['ldap-escape', 'Member[filter].ReturnValue', ['ldap']],
    ['ldap-escape', 'Member[dn].ReturnValue', 'dn'],
    ['ldap-escape', 'ReturnValue', ['ldap']],
    ['ldap-filter', 'Member[escape].ReturnValue', ['ldap']],
    ['ldap-filters', 'Member[Filter,default].Member[escape].ReturnValue', ['ldap']],
  ],
};
