import { availableParallelism } from 'node:os';
import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { isKeyring, type Keyring } from '../secrets/keyring.ts';
import type { ChoiceRules } from './choice/check-choice.ts';
import type { Argon2Settings } from './current-hash.ts';
import { sampleOf } from './sample-hash.ts';
import type { StoredHash } from './stored-hash.ts';
import type { QueueLimits } from './work-queue.ts';

export interface PasswordsOptions {
  /** The least number of characters of a new password, 15 or more. Default: 15. */
  readonly minLength?: number;
  /** A shorter least number, from 8: NIST SP 800-63B allows it where a password is one of several factors. */
  readonly allowMinLength?: number;
  /** Names of the site and of the company, which a new password may not be made from. */
  readonly site?: string | readonly string[];
  /** A key that is not in the database. Every new hash depends on it, and hashes without it are replaced at log-in. */
  readonly keys?: Keyring;
  /**
   * The other formats that the database holds: of each the beginning of a hash, up to its salt, such as `$2b$12$`,
   * `pbkdf2_sha256$600000$` or `scrypt:32768:8:1$`. Failed log-ins then take as long as the slowest of them.
   */
  readonly legacy?: readonly string[];
  /** Accepts a bcrypt hash by the first 72 bytes of a longer password. Default: such a log-in fails with `mustReset`. */
  readonly allowTruncatedBcrypt?: boolean;
  /** Argon2's memory in KiB, 19,456 or more. Default: 19,456. */
  readonly memoryKiB?: number;
  /** Argon2's passes over its memory, 2 or more. Default: 2. */
  readonly passes?: number;
  /** How many passwords are hashed at once. Default: as many as there are cores and threads in Node's pool, but one. */
  readonly maxConcurrent?: number;
  /** How many wait for their turn. Default: 1,000. */
  readonly maxWaiting?: number;
  /** How long the last of them may wait, in milliseconds. Default: 5,000. */
  readonly maxWaitMs?: number;
}

export interface PasswordsSettings {
  readonly rules: ChoiceRules;
  readonly keys: Keyring | undefined;
  readonly legacy: readonly StoredHash[];
  readonly allowTruncatedBcrypt: boolean;
  readonly argon2: Argon2Settings;
  readonly queue: QueueLimits;
}

const names = [
  ...([
    'minLength',
    'allowMinLength',
    'site',
    'keys',
    'legacy',
    'allowTruncatedBcrypt',
    'memoryKiB',
  ] as const),
  ...(['passes', 'maxConcurrent', 'maxWaiting', 'maxWaitMs'] as const),
];

export function readPasswordsOptions(options: PasswordsOptions): PasswordsSettings {
  const own = knownOptions(options, names);
  if (own.minLength !== undefined && own.allowMinLength !== undefined) {
    throw invalid('Set `minLength` or `allowMinLength`, not both.');
  }
  const minLength = whole('minLength', own.minLength, 15, 15, 64);
  return {
    rules: {
      minLength: whole(
        'allowMinLength',
        own.allowMinLength,
        minLength,
        8,
        own.allowMinLength === undefined ? 64 : 15,
      ),
      site: texts('site', typeof own.site === 'string' ? [own.site] : own.site),
    },
    keys: keyringOf(own.keys),
    legacy: texts('legacy', own.legacy).map(legacyFormat),
    allowTruncatedBcrypt: flag('allowTruncatedBcrypt', own.allowTruncatedBcrypt),
    argon2: {
      memoryKiB: whole('memoryKiB', own.memoryKiB, 19_456, 19_456, 262_144),
      passes: whole('passes', own.passes, 2, 2, 4),
    },
    queue: {
      maxConcurrent: whole('maxConcurrent', own.maxConcurrent, threads(), 1, 64),
      maxWaiting: whole('maxWaiting', own.maxWaiting, 1_000, 1, 10_000),
      maxWaitMs: whole('maxWaitMs', own.maxWaitMs, 5_000, 100, 60_000),
    },
  };
}

/** One thread of the pool stays free, because Node reads files and asks for addresses in it. */
function threads(): number {
  const pool = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4);
  return Math.max(
    1,
    Math.min(availableParallelism(), 64, (Number.isInteger(pool) && pool > 0 ? pool : 4) - 1),
  );
}

function legacyFormat(start: string, index: number): StoredHash {
  const hash = sampleOf(start);
  if (hash !== undefined) return hash;
  throw invalid(
    `\`legacy\` takes the beginning of a stored hash, up to its salt, such as '$2b$12$'. Entry ${index} begins no hash.`,
  );
}

function keyringOf(keys: unknown): Keyring | undefined {
  if (keys === undefined || isKeyring(keys)) return keys;
  throw invalid('`keys` is what `keyring` of bulwark/secrets returned.');
}

function texts(name: string, value: unknown): readonly string[] {
  if (value === undefined) return [];
  const list: unknown[] = Array.isArray(value) ? [...value] : [];
  if (
    list.length > 0 &&
    list.length <= 32 &&
    list.every((text) => typeof text === 'string' && text.length <= 256)
  ) {
    return list as string[];
  }
  throw invalid(`\`${name}\` is a list of 1 to 32 texts of at most 256 characters.`);
}

function flag(name: string, value: unknown): boolean {
  if (value === undefined || typeof value === 'boolean') return value ?? false;
  throw invalid(`\`${name}\` is true or false.`);
}

function whole(name: string, value: unknown, usual: number, least: number, most: number): number {
  if (value === undefined) return usual;
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most)
    return value as number;
  throw invalid(`\`${name}\` is a whole number from ${least} to ${most}.`);
}

function invalid(where: string): Misuse {
  return new Misuse('bulwark/invalid-option', where);
}
