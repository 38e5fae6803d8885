/**
 * Unencrypted protocols: ftp 0.3, basic-ftp 5, promise-ftp 1, jsftp 2, telnet-client 2, ldapjs 3, ldapts 7, net-snmp 3,
 * nodemailer 6 and 7; Electron's updates, Next.js 15. Documentation: the README of each.
 */
import type { Models } from '../../../models/model.ts';

export const cleartext: Models = {
  language: 'javascript',
  types: [
    ['use.FtpConnect', 'ftp', 'Instance.Member[connect]'],
    ['use.FtpConnect', 'ftp', 'ReturnValue.Member[connect]'],
    ['use.FtpConnect', 'promise-ftp', 'Instance.Member[connect]'],
    ['use.FtpConnect', 'basic-ftp', 'Member[Client].Instance.Member[access]'],
    ['use.FtpClass', 'jsftp', ''],
    ['use.TelnetConnect', 'telnet-client', 'Instance.Member[connect]'],
    ['use.TelnetConnect', 'telnet-client', 'Member[Telnet].Instance.Member[connect]'],
    ['use.LdapBind', 'ldapjs', 'Member[createClient].ReturnValue.Member[bind]'],
    ['use.LdapBind', 'ldapts', 'Member[Client].Instance.Member[bind]'],
    ['use.Mailer', 'nodemailer', 'Member[createTransport]'],
    ['use.SnmpSession', 'net-snmp', 'Member[createSession]'],
    ['use.SnmpSession3', 'net-snmp', 'Member[createV3Session]'],
    ['use.FeedUrl', 'electron', 'Member[autoUpdater].Member[setFeedURL]'],
    ['use.ScriptElement', 'next/script', ''],
    ['use.FeedUrl', 'electron-updater', 'Member[autoUpdater].Member[setFeedURL]'],
  ],
};
