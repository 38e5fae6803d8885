// ssl of Python 3.8 to 3.13, pyOpenSSL 24, Twisted 24, urllib3 2. Documentation: docs.python.org/3/library/ssl.html,
// pyopenssl.org, docs.twisted.org.
import type { Models } from '../../../models/model.ts';

const old = 'Member[PROTOCOL_SSLv2,PROTOCOL_SSLv3,PROTOCOL_TLSv1,PROTOCOL_TLSv1_1]';
const oldVersions = 'Member[TLSVersion].Member[SSLv3,TLSv1,TLSv1_1,TLSv1_0,MINIMUM_SUPPORTED]';

/** Broken versions of TLS, and functions that take a version. */
export const tlsVersions: Models = {
  language: 'python',
  types: [
    ['use.OldTls', 'ssl', old],
    [
      'use.OldTls',
      'ssl',
      'Member[_SSLMethod].Member[PROTOCOL_SSLv2,PROTOCOL_SSLv3,PROTOCOL_TLSv1,PROTOCOL_TLSv1_1]',
    ],
    ['use.OldTls', 'ssl', oldVersions],
    ['use.OldTls', 'twisted.internet.ssl', oldVersions],
    [
      'use.OldTls',
      'OpenSSL.SSL',
      'Member[SSLv2_METHOD,SSLv3_METHOD,TLSv1_METHOD,TLSv1_1_METHOD,SSL3_VERSION,TLS1_VERSION,TLS1_1_VERSION]',
    ],
    ['use.AnyTls', 'ssl', 'Member[PROTOCOL_SSLv23,PROTOCOL_TLS]'],
    ['use.AnyTlsName', 'ssl', 'Member[PROTOCOL_TLS]'],
    ['use.AnyTls', 'OpenSSL.SSL', 'Member[SSLv23_METHOD,TLS_METHOD]'],
    ['use.AnyTlsName', 'OpenSSL.SSL', 'Member[TLS_METHOD]'],
    ['use.TlsContext', 'ssl', 'Member[SSLContext,get_server_certificate]'],
    ['use.TlsContext', 'OpenSSL.SSL', 'Member[Context]'],
    ['use.TlsContext', 'urllib3.util.ssl_', 'Member[create_urllib3_context,SSLContext]'],
    ['use.TlsContext', 'urllib3.util', 'Member[create_urllib3_context,SSLContext]'],
    ['use.NoOldTls', 'ssl', 'Member[OP_NO_SSLv2,OP_NO_SSLv3,OP_NO_TLSv1,OP_NO_TLSv1_1]'],
    ['use.NoOldTls', 'ssl', 'Member[Options].Member[OP_NO_SSLv2,OP_NO_SSLv3,OP_NO_TLSv1,OP_NO_TLSv1_1]'],
  ],
};
