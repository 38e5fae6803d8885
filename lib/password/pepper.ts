import { createHmac } from 'node:crypto';
import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import type { Keyring } from '../secrets/keyring.ts';

const purpose = 'password-pepper';

/** A key that is not in the database, so that a stolen database alone can't be cracked. Hashes name the key. */
export interface Pepper {
  /** The id of the key for new hashes; undefined without a keyring. */
  readonly keyId: string | undefined;
  /** What is hashed: the password's bytes, or their HMAC-SHA-256 under the named key. */
  apply(password: string, keyId: string | undefined): Uint8Array;
}

export function pepperOf(keys: Keyring | undefined): Pepper {
  return {
    get keyId() {
      return keys?.current(purpose).id;
    },
    apply(password, keyId) {
      if (keyId === undefined) return Buffer.from(password);
      const key = keys?.byId(purpose, keyId);
      if (key === undefined) refuse(deny('password/unknown-pepper', { keyId: shown(keyId) }));
      return createHmac('sha256', key).update(password).digest();
    },
  };
}

/** The id comes from the database. */
function shown(keyId: string): string {
  return /^[\w-]{1,8}$/.test(keyId) ? keyId : 'unknown';
}
