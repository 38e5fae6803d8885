import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

/** What PostgreSQL itself makes of a password; each connection of a client computes as many. */
const iterations = 4096;

/**
 * What PostgreSQL stores for a password (RFC 5803), made here: the server takes it as it is, so that the password is
 * in no statement, log or pg_stat_activity. Printable ASCII only, which SASLprep leaves as it is.
 *
 * @example
 * ```text
 * scramVerifier('...') -> SCRAM-SHA-256$4096:salt$StoredKey:ServerKey
 * ```
 */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16)): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const key = (label: string): Buffer => createHmac('sha256', salted).update(label).digest();
  const stored = createHash('sha256').update(key('Client Key')).digest();
  const parts = [
    `${iterations}:${salt.toString('base64')}`,
    `${stored.toString('base64')}:${key('Server Key').toString('base64')}`,
  ];
  return `SCRAM-SHA-256$${parts.join('$')}`;
}
