import type { Argon2Hash, ScryptHash } from '../stored-hash.ts';
import { bytesOfBase64, toBase64 } from './base64.ts';

const integer = '([1-9]\\d{0,9})';
const keyId = '(?:,keyid=([A-Za-z0-9+/]{1,11}))?';
const end = '\\$([A-Za-z0-9+/]{1,86})\\$([A-Za-z0-9+/]{1,86})$';
const argon2 = new RegExp(
  `^\\$(argon2id|argon2i|argon2d)\\$(?:v=(16|19)\\$)?m=${integer},t=${integer},p=${integer}${keyId}${end}`,
);
const scrypt = new RegExp(`^\\$scrypt\\$ln=${integer},r=${integer},p=${integer}${keyId}${end}`);

/** The PHC string of argon2, as its reference implementation writes it. Version 16 wrote no `v`. */
export function parseArgon2(text: string): Argon2Hash | undefined {
  const [, variant, version, memoryKiB, passes, lanes, key, salt, digest] = argon2.exec(text) ?? [];
  const read = readEnd(key, salt, digest);
  if (variant === undefined || read === undefined) return undefined;
  return {
    algorithm: 'argon2',
    variant: variant as Argon2Hash['variant'],
    version: version === '19' ? 19 : 16,
    ...{ memoryKiB: Number(memoryKiB), passes: Number(passes), lanes: Number(lanes) },
    ...read,
  };
}

export function parseScrypt(text: string): ScryptHash | undefined {
  const [, ln, r, p, key, salt, digest] = scrypt.exec(text) ?? [];
  const read = readEnd(key, salt, digest);
  if (ln === undefined || read === undefined) return undefined;
  return { algorithm: 'scrypt', foreign: false, n: 2 ** Number(ln), r: Number(r), p: Number(p), ...read };
}

export function writeArgon2(hash: Argon2Hash): string {
  const { variant, version, memoryKiB, passes, lanes } = hash;
  return `$${variant}$v=${version}$m=${memoryKiB},t=${passes},p=${lanes}${writeEnd(hash)}`;
}

export function writeScrypt(hash: ScryptHash): string {
  return `$scrypt$ln=${Math.log2(hash.n)},r=${hash.r},p=${hash.p}${writeEnd(hash)}`;
}

/** The specification has `keyid` as bytes in Base64. Ours are the characters of the key's id. */
function writeEnd({ keyId: key, salt, digest }: Argon2Hash | ScryptHash): string {
  const pepper = key === undefined ? '' : `,keyid=${toBase64(Buffer.from(key, 'latin1'))}`;
  return `${pepper}$${toBase64(salt)}$${toBase64(digest)}`;
}

function readEnd(
  key: string | undefined,
  salt = '',
  digest = '',
): Pick<Argon2Hash, 'salt' | 'digest' | 'keyId'> | undefined {
  const bytes = { salt: bytesOfBase64(salt), digest: bytesOfBase64(digest) };
  const id = key === undefined ? undefined : bytesOfBase64(key);
  if (bytes.salt === undefined || bytes.digest === undefined || (key !== undefined && id === undefined))
    return undefined;
  return {
    ...{ salt: bytes.salt, digest: bytes.digest },
    ...(id !== undefined && { keyId: Buffer.from(id).toString('latin1') }),
  };
}
