import { type Denied, deny } from '../refusal/decision.ts';
import { excessOf } from './cost-limits.ts';
import { parseBcrypt } from './format/bcrypt-hash.ts';
import { parseDjango } from './format/django.ts';
import { parseArgon2, parseScrypt } from './format/phc.ts';
import { parseWerkzeug } from './format/werkzeug.ts';
import { formatOf, type StoredHash } from './stored-hash.ts';

/** The longest that any format writes is about 280 characters. */
const maxLength = 512;

/** Reads a hash of the database, which is trusted no more than needed: it is computed only within bounds. */
export function readHash(value: unknown): StoredHash | Denied<'password/absurd-hash'> {
  if (typeof value !== 'string') return absurd('unknown', 'no string');
  if (value.length > maxLength) return absurd('unknown', `longer than ${maxLength} characters`);
  if (/\s/.test(value)) return absurd(nameOf(value), 'white space, as a column of fixed length adds');
  const hash = parse(value);
  if (hash === undefined) return absurd(nameOf(value), 'malformed, truncated, or of an unknown format');
  const excess = excessOf(hash);
  return excess === undefined ? hash : absurd(formatOf(hash), excess);
}

function parse(text: string): StoredHash | undefined {
  return (
    parseArgon2(text) ??
    parseScrypt(text) ??
    parseBcrypt(text, false) ??
    parseDjango(text) ??
    parseWerkzeug(text)
  );
}

function absurd(format: string, reason: string): Denied<'password/absurd-hash'> {
  return deny('password/absurd-hash', { format, reason });
}

const names =
  /^(?:\$(argon2id|argon2i|argon2d|scrypt|2[abxy])\$|(argon2|bcrypt|bcrypt_sha256|pbkdf2_sha1|pbkdf2_sha256|scrypt)\$|(pbkdf2|scrypt):)/;

/** Only names from this list: whatever else stands in the column may be a password. */
function nameOf(text: string): string {
  const [, phc, django, werkzeug] = names.exec(text) ?? [];
  return phc ?? django ?? werkzeug ?? 'unknown';
}
