import { builtinModule } from '../../internal/builtin-module.ts';

/** What decides about a key and a nonce that are used once. */
export interface CipherParts {
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly salt: Uint8Array;
  /** What is authenticated and not encrypted. */
  readonly additional: Uint8Array<ArrayBuffer>;
}

const info = 'bulwark/seal/1';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * WebCrypto passes each of its four steps to another thread, which costs ten times what they cost themselves: where Node's own
 * functions are, they do the same at once.
 */
const node: typeof import('node:crypto') | undefined = nodeCrypto();

function nodeCrypto(): typeof import('node:crypto') | undefined {
  const found = builtinModule('node:crypto');
  return typeof found?.hkdfSync === 'function' && typeof found.createDecipheriv === 'function'
    ? found
    : undefined;
}

/** AES-256-GCM, with the tag at the end. */
export async function encrypt(plaintext: Uint8Array, parts: CipherParts): Promise<Uint8Array> {
  if (node === undefined) return encryptByWebCrypto(plaintext, parts);
  const derived = deriveByNode(node, parts);
  const cipher = node
    .createCipheriv('aes-256-gcm', derived.subarray(0, keyBytes), derived.subarray(keyBytes))
    .setAAD(parts.additional);
  const bytes = [cipher.update(plaintext), cipher.final(), cipher.getAuthTag()];
  return Uint8Array.from(Buffer.concat(bytes));
}

/** @throws Error if it was not encrypted with the same parts */
export async function decrypt(encrypted: Uint8Array, parts: CipherParts): Promise<Uint8Array> {
  if (node === undefined) return decryptByWebCrypto(encrypted, parts);
  const derived = deriveByNode(node, parts);
  const end = encrypted.length - tagBytes;
  const decipher = node
    .createDecipheriv('aes-256-gcm', derived.subarray(0, keyBytes), derived.subarray(keyBytes), {
      authTagLength: tagBytes,
    })
    .setAAD(parts.additional)
    .setAuthTag(encrypted.subarray(end));
  return Uint8Array.from(Buffer.concat([decipher.update(encrypted.subarray(0, end)), decipher.final()]));
}

function deriveByNode(node: typeof import('node:crypto'), { key, salt }: CipherParts): Uint8Array {
  return new Uint8Array(node.hkdfSync('sha256', key, salt, info, keyBytes + nonceBytes));
}

export async function encryptByWebCrypto(plaintext: Uint8Array, parts: CipherParts): Promise<Uint8Array> {
  const [key, parameters] = await webCipher(parts);
  return new Uint8Array(await crypto.subtle.encrypt(parameters, key, Uint8Array.from(plaintext)));
}

export async function decryptByWebCrypto(encrypted: Uint8Array, parts: CipherParts): Promise<Uint8Array> {
  const [key, parameters] = await webCipher(parts);
  return new Uint8Array(await crypto.subtle.decrypt(parameters, key, Uint8Array.from(encrypted)));
}

async function webCipher({ key, salt, additional }: CipherParts): Promise<[CryptoKey, AesGcmParams]> {
  const derived = await crypto.subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt: Uint8Array.from(salt), info: new TextEncoder().encode(info) },
    await derivingKey(key),
    (keyBytes + nonceBytes) * 8,
  );
  const cipherKey = await crypto.subtle.importKey('raw', derived.slice(0, keyBytes), 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ]);
  const iv = derived.slice(keyBytes);
  return [cipherKey, { name: 'AES-GCM', iv, additionalData: additional, tagLength: tagBytes * 8 }];
}

const derivingKeys = new WeakMap<Uint8Array, Promise<CryptoKey>>();

function derivingKey(key: Uint8Array): Promise<CryptoKey> {
  const known = derivingKeys.get(key);
  if (known) return known;
  const imported = crypto.subtle.importKey('raw', Uint8Array.from(key), 'HKDF', false, ['deriveBits']);
  derivingKeys.set(key, imported);
  return imported;
}
