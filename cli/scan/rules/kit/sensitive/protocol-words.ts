import { haveWord, wordsOf } from '../../../ir/query/words.ts';

/**
 * Whether any of these names suggests a protocol that prescribes a fast or weak hash function. Examples are WebSocket's
 * handshake, HTTP Digest, SCRAM, NTLM, OAuth 1, the log-in of MySQL, and look-ups of leaked passwords at Have I Been Pwned.
 */
export function isProtocol(names: readonly string[]): boolean {
  if (haveWord(names, protocols)) return true;
  const words = new Set(names.flatMap((name) => wordsOf(name)));
  return phrases.some((phrase) => phrase.every((word) => words.has(word)));
}

const protocols: ReadonlySet<string> = new Set(
  `websocket handshake realm cnonce qop scram cram apop wsse sasl ntlm kerberos pwned hibp breach breached scramble mysql postgres
  postgresql postgre rtsp sip radius ocsp ssh totp hotp git oaep`.split(/\s+/),
);

const phrases: readonly (readonly string[])[] = [
  ['digest', 'auth'],
  ['digest', 'acl'],
  ['sec', 'accept'],
  ['accept', 'key'],
  ['ws', 'key'],
  ['oauth', 'signature'],
  ['auth', 'challenge'],
  ['challenge', 'password'],
  ['challenger', 'password'],
  ['digest', 'authentication'],
  ['username', 'token', 'password', 'digest'],
  ['md', 'password', 'hash'],
  ['subject', 'key', 'identifier'],
  ['uuid', 'namespace'],
];
