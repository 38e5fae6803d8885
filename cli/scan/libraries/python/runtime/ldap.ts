// python-ldap 3.4.4, ldap3 2.9.1; read in Debian 13's packages.
import type { Models } from '../../../models/model.ts';

export const ldap: Models = {
  language: 'python',
  types: [
    ['ldap.LDAPObject', 'ldap', 'Member[initialize,open].ReturnValue'],
    [
      'ldap.LDAPObject',
      'ldap.ldapobject',
      'Member[LDAPObject,SimpleLDAPObject,ReconnectLDAPObject].Instance',
    ],
    ['ldap3.Connection', 'ldap3', 'Member[Connection].Instance'],
    ['ldap3.Connection', 'ldap3.core.connection', 'Member[Connection].Instance'],
  ],
  sinks: [
    [
      'ldap.LDAPObject',
      'Member[search,search_s,search_st,search_ext,search_ext_s].Argument[0,2,base:,filterstr:]',
      'ldap',
    ],
    ['ldap.LDAPObject', 'Member[compare_s,compare,compare_ext,compare_ext_s].Argument[0,dn:]', 'ldap'],
    [
      'ldap.LDAPObject',
      'Member[add_s,add,add_ext_s,delete_s,delete,modify_s,modify,modify_ext_s,modrdn_s,rename_s,passwd_s].Argument[0,dn:]',
      'ldap',
    ],
    ['ldap.LDAPObject', 'Member[simple_bind_s,simple_bind,bind_s].Argument[0,who:]', 'ldap'],
    // The template itself is not escaped.
    ['ldap.filter', 'Member[filter_format].Argument[0,filter_template:]', 'ldap'],
    ['ldap3.Connection', 'Member[search].Argument[0,1,search_base:,search_filter:]', 'ldap'],
    ['ldap3.Connection', 'Member[add,delete,modify,modify_dn,compare].Argument[0,dn:]', 'ldap'],
    [
      'ldap3.Connection',
      'Member[extend].Member[standard].Member[paged_search].Argument[0,1,search_base:,search_filter:]',
      'ldap',
    ],
    ['ldap3', 'Member[Reader].Argument[2,3,base:,query:]', 'ldap'],
    ['django_auth_ldap.config', 'Member[LDAPSearch].Argument[0,2,base_dn:,filterstr:]', 'ldap'],
    [
      'bonsai',
      'Member[LDAPClient].Instance.Member[connect].ReturnValue.Member[search,paged_search].Argument[0,2,base:,filter_exp:]',
      'ldap',
    ],
  ],
  summaries: [
    ['ldap.filter', 'Member[escape_filter_chars]', 'Argument[0,assertion_value:]', 'ReturnValue', 'taint'],
    ['ldap.filter', 'Member[filter_format]', 'Argument[1,assertion_values:]', 'ReturnValue', 'taint'],
    ['ldap.dn', 'Member[escape_dn_chars]', 'Argument[0,s:]', 'ReturnValue', 'taint'],
    ['ldap3.utils.conv', 'Member[escape_filter_chars,escape_bytes]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['ldap3.utils.dn', 'Member[escape_rdn,safe_rdn]', 'Argument[0]', 'ReturnValue', 'taint'],
  ],
  sanitizers: [
    ['ldap.filter', 'Member[escape_filter_chars].ReturnValue', ['ldap']],
    [
      'ldap.filter',
      'Member[filter_format].ReturnValue',
      ['ldap'],
      { at: 'Argument[0,filter_template:]', has: ['('] },
    ],
    ['ldap.dn', 'Member[escape_dn_chars].ReturnValue', 'dn'],
    ['ldap3.utils.conv', 'Member[escape_filter_chars,escape_bytes].ReturnValue', ['ldap']],
    ['ldap3.utils.dn', 'Member[escape_rdn].ReturnValue', 'dn'],
    ['bonsai', 'Member[escape_filter_exp].ReturnValue', ['ldap']],
    ['bonsai.utils', 'Member[escape_filter_exp].ReturnValue', ['ldap']],
  ],
};
