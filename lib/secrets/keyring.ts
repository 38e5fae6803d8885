import { record } from '../event/record.ts';
import { isProduction } from '../internal/is-production.ts';
import { shared } from '../internal/shared.ts';
import type { MisuseCode } from '../refusal/codes.ts';
import { Misuse } from '../refusal/misuse.ts';
import { keepOutOfEvents } from './keep-out-of-events.ts';
import { keyFor, type Master, type MasterSecret, readMaster } from './master-secret.ts';
import { isSecret } from './secret.ts';

/** One key of a keyring, for one purpose. */
export interface DerivedKey {
  /** Six base64url characters that name the key in a token. Not secret, and the same for every purpose. */
  readonly id: string;
  /** 32 bytes. The keyring keeps this array, so don't write to it. No log and no JSON shows it. */
  readonly key: Uint8Array;
}

/** The keys that are derived from one master secret and from the ones that it replaced. */
export interface Keyring {
  /** The key to sign and seal with. */
  current(purpose: string): DerivedKey;
  /** The key with this id, to verify and open with; undefined where the keyring has none. */
  byId(purpose: string, id: string): Uint8Array | undefined;
  /** All keys for this purpose, newest first. */
  all(purpose: string): readonly DerivedKey[];
}

const mostKeys = 16;
/** A purpose stands in the application's code. The bound is for code that makes one from input. */
const mostPurposes = 64;

/**
 * Derives an independent key for each purpose from one master secret: sessions, CSRF tokens, cursors and device cookies
 * need only one secret to keep. Synchronous, and the same in Node, workers and browsers.
 *
 * The key is HKDF-SHA-256 (RFC 5869) of the master with the info `bulwark/v1/<purpose>`. To rotate, put the new master
 * first and keep the previous ones as long as what they signed is valid.
 *
 * In production, a guessable or published master is refused. Elsewhere it is an event, `secrets/weak-secret`.
 *
 * @throws Misuse `secrets/weak-key` for a master that is too short or guessable; `bulwark/invalid-option` for anything
 * that is no master, more than 16 of them, or a purpose that isn't one
 *
 * @example
 * ```ts
 * import { keyring, Secret } from 'bulwark/secrets';
 *
 * const keys = keyring(new Secret('t0rD6sUuZ3yJQm8cWl5xFvA2eHk9bNPi'), 'X4mTz7QpRk1LsVw8NjYc3BhGd6FaUe0o');
 * const { id, key } = keys.current('invoice-link'); // an id such as 'q3Zp0A', and 32 bytes
 * keys.byId('invoice-link', id) === key; // true
 * keys.all('invoice-link').length; // 2
 * ```
 */
export function keyring(current: MasterSecret, ...previous: readonly MasterSecret[]): Keyring {
  if (previous.length >= mostKeys) {
    throw new Misuse('bulwark/invalid-option', `A keyring takes at most ${mostKeys} master secrets.`);
  }
  const masters = [current, ...previous].map((master, index) => {
    const name = index === 0 ? 'The current master secret' : `Previous master secret ${index}`;
    const read = readMaster(master);
    if (read.problem !== undefined) throw mistake(name, read.problem, read.code);
    const text = isSecret(master) ? master.reveal() : master;
    if (typeof text === 'string') keepOutOfEvents(text);
    if (read.weakness === undefined) return read;
    if (isProduction()) throw mistake(name, read.weakness, 'secrets/weak-key');
    record('secrets/weak-secret', 'reported', { name, reason: read.weakness });
    return read;
  });
  return keyringOf(masters);
}

/** The keyring of masters that were read and judged, newest first. */
export function keyringOf(masters: readonly Master[]): Keyring {
  // A master that is given twice is one key.
  const unique = masters.filter(({ id }, index) => masters.findIndex((other) => other.id === id) === index);
  const derived = new Map<string, readonly DerivedKey[]>();

  function all(purpose: string): readonly DerivedKey[] {
    const known = derived.get(purpose);
    if (known !== undefined) return known;
    checkPurpose(purpose);
    const keys = Object.freeze(
      unique.map(({ id, seed }) => new KeyOfPurpose(id, keyFor(seed, `v1/${purpose}`))),
    );
    if (derived.size >= mostPurposes) derived.delete(derived.keys().next().value ?? '');
    derived.set(purpose, keys);
    return keys;
  }

  const made: Keyring = Object.freeze({
    current: (purpose: string) => all(purpose)[0] as DerivedKey,
    byId: (purpose: string, id: string) => all(purpose).find((key) => key.id === id)?.key,
    all,
  });
  keyrings().add(made);
  return made;
}

/** True for what `keyring` returned, in whichever copy of bulwark. */
export function isKeyring(value: unknown): value is Keyring {
  return typeof value === 'object' && value !== null && keyrings().has(value);
}

const keyrings = (): WeakSet<object> => shared('keyrings', () => new WeakSet<object>());

/** The key is a getter of the prototype, so that neither a log nor JSON shows it. */
class KeyOfPurpose implements DerivedKey {
  readonly id: string;
  readonly #key: Uint8Array;

  constructor(id: string, key: Uint8Array) {
    this.id = id;
    this.#key = key;
    Object.freeze(this);
  }

  get key(): Uint8Array {
    return this.#key;
  }
}

function mistake(name: string, problem: string, code: MisuseCode): Misuse {
  return new Misuse(code, `${name} ${problem}.`);
}

function checkPurpose(purpose: unknown): void {
  if (typeof purpose === 'string' && /^[a-z][\w./-]{0,63}$/.test(purpose)) return;
  throw new Misuse(
    'bulwark/invalid-option',
    'A purpose begins with a lower-case letter and has at most 64 letters, digits and signs of `. / _ -`.',
  );
}
