import type { Options } from '@node-rs/argon2';
import { installed } from '../../internal/installed.ts';
import type { Argon2 } from './argon2.ts';
import { builtInArgon2 } from './built-in-argon2.ts';

let loading: Promise<Argon2 | undefined> | undefined;

/** The package if it is installed, else Node's own where it has one. Undefined where neither is. */
export function loadArgon2(): Promise<Argon2 | undefined> {
  loading ??= packaged();
  return loading;
}

const algorithms = { argon2d: 0, argon2i: 1, argon2id: 2 } as const;

async function packaged(): Promise<Argon2 | undefined> {
  let library: typeof import('@node-rs/argon2');
  try {
    // Inside `try`, bundlers accept that the package is absent.
    library = installed(await import('@node-rs/argon2'), 'hashRaw');
  } catch {
    return builtInArgon2();
  }
  const { hashRaw } = library;
  return (cost, password, salt, length) =>
    hashRaw(password, {
      // The package would read `secret` from a polluted prototype.
      __proto__: null,
      algorithm: algorithms[cost.variant],
      version: cost.version === 19 ? 1 : 0,
      ...{ memoryCost: cost.memoryKiB, timeCost: cost.passes, parallelism: cost.lanes },
      ...{ salt, outputLen: length },
    } as Options);
}
