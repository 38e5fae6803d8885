import { createHmac, timingSafeEqual } from 'node:crypto';

/** `/MAC/URL`, both in base64url: a path that only who has the key can make, and that stands for one URL for ever. */
export function signedImagePath(url: string, key: Uint8Array): string {
  return `/${macOf(url, key).toString('base64url')}/${Buffer.from(url).toString('base64url')}`;
}

/** The URL of a signed path, or undefined where none of the keys made it. Several keys, as keys have to be changed. */
export function imageUrlOf(path: string, keys: readonly Uint8Array[]): string | undefined {
  // A MAC has 43 characters. What is longer than any URL that is signed is not even decoded.
  const [, mac, encoded] = /^\/([\w-]{43})\/([\w-]{1,2732})$/.exec(path) ?? [];
  if (mac === undefined || encoded === undefined) return undefined;
  const url = Buffer.from(encoded, 'base64url').toString();
  const given = Buffer.from(mac, 'base64url');
  return keys.some((key) => timingSafeEqual(macOf(url, key), given)) ? url : undefined;
}

/** The label keeps this MAC apart from any other that the same key may be used for. */
function macOf(url: string, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(`image-proxy 1\n${url}`).digest();
}
