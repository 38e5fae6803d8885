// Unencrypted protocols: telnetlib, ftplib, smtplib, imaplib, poplib, nntplib, xmlrpc.client of Python 3.12; pysnmp 4 to 7,
// python-ldap 3.4, ldap3 2.9. Documentation: docs.python.org, python-ldap.org, ldap3.readthedocs.io.
import type { Models } from '../../../models/model.ts';

export const cleartext: Models = {
  language: 'python',
  types: [
    ['use.Telnet', 'telnetlib', 'Member[Telnet]'],
    ['use.Telnet', 'telnetlib3', 'Member[open_connection]'],
    ['use.Ftp', 'ftplib', 'Member[FTP]'],
    ['use.Ftp', 'aioftp', 'Member[Client]'],
    ['use.MailLogin', 'smtplib', 'Member[SMTP].Instance.Member[login]'],
    ['use.MailLogin', 'imaplib', 'Member[IMAP4].Instance.Member[login]'],
    ['use.MailLogin', 'poplib', 'Member[POP3].Instance.Member[pass_]'],
    ['use.MailLogin', 'nntplib', 'Member[NNTP].Instance.Member[login]'],
    ['use.LdapBind', 'ldap', 'Member[initialize].ReturnValue.Member[simple_bind,simple_bind_s,bind,bind_s]'],
    ['use.LdapBind', 'ldap.ldapobject', 'Member[LDAPObject].Instance.Member[simple_bind,simple_bind_s,bind]'],
    ['use.Ldap3Connection', 'ldap3', 'Member[Connection]'],
    ...['pysnmp.hlapi', 'pysnmp.hlapi.asyncio', 'pysnmp.hlapi.v3arch', 'pysnmp.hlapi.v3arch.asyncio'].flatMap(
      (library) => [
        ['use.SnmpCommunity', library, 'Member[CommunityData]'] as const,
        ['use.SnmpUser', library, 'Member[UsmUserData]'] as const,
      ],
    ),
    ['use.XmlRpc', 'xmlrpc.client', 'Member[ServerProxy]'],
    ['use.XmlRpc', 'xmlrpclib', 'Member[ServerProxy,Server]'],
  ],
};
