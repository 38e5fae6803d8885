import { record } from '../event/record.ts';
import { knownOptions } from '../internal/known-options.ts';
import { refuse } from '../internal/refuse.ts';
import { type Decision, type Denied, deny } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { answerTime } from './answer-time.ts';
import { type ChoiceOptions, checkChoice } from './choice/check-choice.ts';
import { isTooCheap } from './cost-limits.ts';
import { currentHash } from './current-hash.ts';
import { type PasswordInput, readPassword } from './password-input.ts';
import { type PasswordsOptions, readPasswordsOptions } from './passwords-options.ts';
import { pepperOf } from './pepper.ts';
import { readHash } from './read-hash.ts';
import { formatOf, type StoredHash } from './stored-hash.ts';
import { verifyHash } from './verify-hash.ts';
import { workQueue } from './work-queue.ts';

export interface VerifyOptions {
  /** Aborted where the client has gone: its place in the queue is free again. Work that has begun is finished. */
  readonly signal?: AbortSignal;
}

export interface Verified {
  /** True where the password is the user's. */
  readonly ok: boolean;
  /** Store it in place of the old one. Only where `ok` is true and the old one is weaker or has another pepper. */
  readonly newHash?: string;
  /**
   * The user typed the password that bcrypt knows, but bcrypt has read only its first 72 bytes. Ask for a new password by
   * mail; `ok` is false.
   */
  readonly mustReset?: true;
}

/** What `passwords` returns. */
export interface Passwords {
  /**
   * Hashes a password for storage, as a PHC string of about 100 characters; allow 255. Check it first.
   *
   * @throws Refusal `password/invalid-password`, `password/busy`; the signal's reason
   */
  hash(password: unknown, options?: VerifyOptions): Promise<string>;
  /**
   * Verifies a password at log-in. Without a hash, which is where there is no such user, one is computed all the same, and
   * the answer is no. So it is for an empty hash, and for those of Django that begin with `!`: users without a password.
   *
   * @throws Refusal `password/invalid-password`, `password/absurd-hash`, `password/unknown-pepper`, `password/busy`; the
   * signal's reason; Misuse `password/library-missing`
   */
  verify(
    password: unknown,
    storedHash: string | null | undefined,
    options?: VerifyOptions,
  ): Promise<Verified>;
  /** Decides whether a new password is good enough. `hint` of a denial is a sentence for the user. Writes no event. */
  check(
    password: unknown,
    options?: ChoiceOptions,
  ): Decision<'password/weak-password' | 'password/invalid-password'>;
}

/**
 * Hashes and verifies passwords with argon2id and OWASP's parameters, and replaces hashes of bcrypt, PBKDF2, scrypt and
 * older argon2 as their users log in. Create one for the application: it has the queue.
 *
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { passwords } from 'bulwark/password';
 *
 * const guard = passwords({ site: 'Bluebird Books' });
 * const stored = await guard.hash('correct horse battery staple'); // '$argon2id$v=19$m=19456,t=2,p=1$...'
 * await guard.verify('correct horse battery staple', stored); // { ok: true }
 * await guard.verify('correct horse battery stable', stored); // { ok: false }
 * await guard.verify('correct horse battery staple', undefined); // { ok: false }, as late as the one before
 * ```
 */
export function passwords(options: PasswordsOptions = {}): Passwords {
  const settings = readPasswordsOptions(options);
  const pepper = pepperOf(settings.keys);
  const current = currentHash(settings.argon2, pepper);
  const queue = workQueue(settings.queue);
  const times = answerTime();
  let prepared: Promise<void> | undefined;

  /** Learns what each declared format costs, before the first answer. In the queue, because it is work like any other. */
  function prepare(): Promise<void> {
    prepared ??= (async () => {
      const sample = { raw: 'sample', normalized: 'sample' };
      const decoy = await current.decoy();
      for (const hash of [decoy, ...settings.legacy]) {
        times.expect(formatOf(hash));
        // The first one loads code, too.
        for (let run = 0; settings.legacy.length > 0 && run < 2; run++) await timed(hash, sample);
      }
    })().catch((error: unknown) => {
      prepared = undefined;
      throw error;
    });
    return prepared;
  }

  async function timed(hash: StoredHash, input: PasswordInput): ReturnType<typeof verifyHash> {
    const started = performance.now();
    const match = await verifyHash(hash, input, pepper);
    times.learn(formatOf(hash), performance.now() - started);
    return match;
  }

  async function compare(input: PasswordInput, stored: StoredHash | undefined): Promise<Verified> {
    await prepare();
    const startedAt = performance.now();
    if (stored && times.expect(formatOf(stored))) {
      record('password/undeclared-format', 'reported', { format: formatOf(stored) });
    }
    const match = await timed(stored ?? (await current.decoy()), input);
    if (stored && match === 'truncated') report(stored, '72 bytes');
    const ok =
      stored !== undefined && (match === 'yes' || (match === 'truncated' && settings.allowTruncatedBcrypt));
    if (!ok) {
      await times.settle(startedAt);
      return stored !== undefined && match === 'truncated' ? { ok: false, mustReset: true } : { ok: false };
    }
    if (isTooCheap(stored)) report(stored, 'too cheap');
    return (await current.isOutdated(stored))
      ? { ok: true, newHash: await current.make(input.normalized) }
      : { ok: true };
  }

  return Object.freeze({
    async hash(password: unknown, given: VerifyOptions = {}) {
      const signal = signalOf(given);
      const input = accepted(readPassword(password));
      if (input.raw === '') refuse(deny('password/invalid-password', { reason: 'empty' }));
      return queue.run(() => current.make(input.normalized), signal);
    },
    async verify(password: unknown, storedHash: string | null | undefined, given: VerifyOptions = {}) {
      const signal = signalOf(given);
      const input = accepted(readPassword(password));
      const usable = storedHash !== undefined && storedHash !== null && storedHash !== '' && input.raw !== '';
      const stored = usable && !isUnusable(storedHash) ? accepted(readHash(storedHash)) : undefined;
      return queue.run(() => compare(input, stored), signal);
    },
    check: (password: unknown, given: ChoiceOptions = {}) => checkChoice(password, settings.rules, given),
  });
}

/** Django writes `!` and something random for a user without a password. */
function isUnusable(storedHash: string): boolean {
  return typeof storedHash === 'string' && storedHash.startsWith('!');
}

function report(hash: StoredHash, problem: string): void {
  record('password/weak-hash', 'reported', { format: formatOf(hash), problem });
}

function accepted<T extends object>(read: T | Denied): T {
  if ('allow' in read) refuse(read as Denied);
  return read as T;
}

function signalOf(options: VerifyOptions): AbortSignal | undefined {
  const { signal } = knownOptions(options, ['signal']);
  if (signal === undefined || signal instanceof AbortSignal) return signal;
  throw new Misuse('bulwark/invalid-option', '`signal` is an AbortSignal.');
}
