import { createHash, timingSafeEqual } from 'node:crypto';
import { fieldAt, invalidAt, readFields, readText } from '../config/config-fields.ts';
import { readConfigFile } from '../config/config-file.ts';

/** A user of Basic authentication (RFC 7617). The password itself is not kept. */
export interface Credential {
  readonly user: string;
  readonly digest: Buffer;
}

const ways = ['passwordSha256', 'passwordEnv', 'passwordFile'] as const;

export function parseCredential(given: unknown, place: string, folder: string): Credential {
  const fields = readFields(given, place, ['user', ...ways]);
  const user = readText(fields['user'], fieldAt(place, 'user'));
  // A colon ends the user's name (RFC 7617, 2).
  if (!/^[\x21-\x39\x3b-\x7e]{1,128}$/.test(user)) {
    throw invalidAt(fieldAt(place, 'user'), 'A user has 1 to 128 visible ASCII letters, and no colon.');
  }
  const [way, ...others] = ways.filter((name) => fields[name] !== undefined);
  if (way === undefined || others.length > 0) throw invalidAt(place, `One of ${ways.join(', ')} is needed.`);
  const value = readText(fields[way], fieldAt(place, way));
  return Object.freeze({ user, digest: digestBy(way, value, fieldAt(place, way), folder) });
}

function digestBy(way: (typeof ways)[number], value: string, place: string, folder: string): Buffer {
  if (way === 'passwordSha256') {
    if (/^[0-9a-f]{64}$/i.test(value)) {
      const digest = Buffer.from(value, 'hex');
      if (!sameDigest(digest, digestOf(''))) return digest;
      throw invalidAt(place, 'This is the SHA-256 of an empty password, which everybody knows.');
    }
    // Not shown: it may be the password, put here by mistake.
    throw invalidAt(place, 'This is the SHA-256 of the password, 64 hexadecimal digits.');
  }
  if (way === 'passwordEnv') {
    const password = process.env[value];
    if (password !== undefined && password !== '') return digestOf(password);
    // Not shown for the same reason.
    throw invalidAt(place, 'The environment has no variable of this name, or it is empty.');
  }
  const password = readConfigFile(value, place, folder)
    .toString('utf8')
    .replace(/\r?\n$/, '');
  if (password !== '') return digestOf(password);
  throw invalidAt(place, 'The file is empty.');
}

export function digestOf(password: string | Buffer): Buffer {
  return createHash('sha256').update(password).digest();
}

export function sameDigest(a: Buffer, b: Buffer): boolean {
  return timingSafeEqual(a, b);
}
