import { record } from '../event/record.ts';
import { isProduction } from '../internal/is-production.ts';
import { Misuse } from '../refusal/misuse.ts';
import { keepOutOfEvents } from './keep-out-of-events.ts';
import { type Keyring, keyringOf } from './keyring.ts';
import { type Master, readMaster } from './master-secret.ts';
import { Secret } from './secret.ts';
import type { Found, SecretSource } from './secret-source.ts';
import { readText } from './secret-text.ts';
import { secretWeakness } from './secret-weakness.ts';
import { readSecretsOptions, type SecretsOptions, type SecretsSettings } from './secrets-options.ts';
import { validated } from './validated.ts';
import { type LoadedSecrets, readWanted, type Wanted, type WantedSecret } from './wanted-secret.ts';

type Loaded = { readonly value: Secret | Keyring | undefined } | { readonly problem: string };

/**
 * Loads and checks all secrets once, when the application starts. Each comes from exactly one place: the variable `NAME`, the file
 * that `NAME_FILE` names, a file of `/run/secrets` (Docker, Kubernetes), or a function that asks a vault.
 *
 * In production a short, guessable or published value is refused; elsewhere it is an event, `secrets/weak-secret`. A key is a
 * keyring: `NAME_PREVIOUS` holds the keys that it replaced, separated by commas or white space.
 *
 * @throws Misuse `secrets/invalid`, one for all secrets that are missing or invalid, and without any of their values;
 * `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { secrets } from 'bulwark/secrets';
 * import { z } from 'zod';
 *
 * const loaded = await secrets({
 *   APP_KEY: 'key',
 *   DATABASE_URL: z.url({ protocol: /^postgres$/ }),
 *   SMTP_PASSWORD: { optional: true },
 * });
 * loaded.APP_KEY.current('csrf').key.length; // 32
 * `${loaded.DATABASE_URL}`; // '[redacted]'
 * loaded.SMTP_PASSWORD?.reveal(); // undefined where it is not set
 * ```
 */
export async function secrets<const W extends Readonly<Record<string, WantedSecret>>>(
  wanted: W,
  options: SecretsOptions = {},
): Promise<LoadedSecrets<W>> {
  const names = readWanted(wanted);
  const settings = readSecretsOptions(options);
  const loaded = await loadAll(names, settings);
  const problems = names.flatMap(({ name }, index) => {
    const one = loaded[index];
    return one !== undefined && 'problem' in one ? [`${name} ${one.problem}.`] : [];
  });
  if (problems.length > 0) throw new Misuse('secrets/invalid', `\n  ${problems.join('\n  ')}`);
  if (settings.emptyEnv) emptyEnvironment(settings.env, names);
  const values = names.map(({ name }, index) => [name, (loaded[index] as { value: unknown }).value]);
  return Object.freeze(Object.fromEntries(values)) as LoadedSecrets<W>;
}

/** Each in its own time, so that the error names every one that didn't arrive. */
async function loadAll(names: readonly Wanted[], settings: SecretsSettings): Promise<readonly Loaded[]> {
  const ending = new AbortController();
  const source = settings.source(ending.signal);
  const late = new Promise<Loaded>((resolve) => {
    const problem = `was not loaded within ${settings.timeoutMs} ms`;
    ending.signal.addEventListener('abort', () => resolve({ problem }), { once: true });
  });
  const timer = setTimeout(() => ending.abort(), settings.timeoutMs);
  try {
    return await Promise.all(
      names.map((wanted) => Promise.race([loadOne(wanted, source, settings).catch(unreadable), late])),
    );
  } finally {
    clearTimeout(timer);
    // Ends what others still look up when one failed.
    ending.abort();
  }
}

/** An environment with getters may throw, and its error may hold the value. */
const unreadable = (): Loaded => ({ problem: 'could not be read: an error was thrown' });

async function loadOne(wanted: Wanted, source: SecretSource, settings: SecretsSettings): Promise<Loaded> {
  const { name, kind } = wanted;
  const found = await source(name);
  const former = kind === 'key' ? await source(`${name}_PREVIOUS`) : undefined;
  const problem = problemOf(found) ?? problemOf(former);
  if (problem !== undefined) return { problem };
  const current = textsOf(found);
  const previous = textsOf(former);
  if (current.length === 0) {
    if (wanted.optional && previous.length === 0) return { value: undefined };
    return { problem: `is missing: ${settings.places(name)}` };
  }
  for (const one of [found, former]) {
    if (one !== undefined && 'openFile' in one && one.openFile !== undefined) {
      record('secrets/readable-file', 'reported', { name, file: one.openFile });
    }
  }
  return kind === 'key' ? loadKey(wanted, [...current, ...previous]) : await loadSecret(wanted, current);
}

async function loadSecret(wanted: Wanted, texts: readonly string[]): Promise<Loaded> {
  if (texts.length > 1) return { problem: 'has several values; only a key may' };
  const read = readText(texts[0] ?? '');
  if ('problem' in read) return read;
  const checked = wanted.schema === undefined ? read : await validated(wanted.schema, read.text);
  if ('problem' in checked) return checked;
  const weakness = secretWeakness(checked.text, wanted.schema !== undefined);
  const refused = judged(wanted, weakness);
  if (refused !== undefined) return refused;
  keepOutOfEvents(checked.text);
  return { value: new Secret(checked.text) };
}

const mostKeys = 16;

function loadKey(wanted: Wanted, texts: readonly string[]): Loaded {
  const masters: Master[] = [];
  for (const text of texts) {
    const read = readText(text);
    if ('problem' in read) return read;
    for (const key of read.text.split(/[\s,]+/).filter((one) => one !== '')) {
      const which = masters.length === 0 ? '' : `has a former key (number ${masters.length}) that `;
      const master = readMaster(key);
      if (master.problem !== undefined) return { problem: `${which}${master.problem}` };
      const refused = judged(wanted, master.weakness, which);
      if (refused !== undefined) return refused;
      masters.push(master);
      keepOutOfEvents(key);
      if (masters.length > mostKeys) return { problem: `has more than ${mostKeys} keys` };
    }
  }
  if (masters.length === 0) return { problem: 'is empty' };
  return { value: keyringOf(masters) };
}

/** A weak value is a problem in production, and an event elsewhere. */
function judged(wanted: Wanted, weakness: string | undefined, which = ''): Loaded | undefined {
  if (weakness === undefined || wanted.allowWeak) return undefined;
  if (isProduction()) return { problem: `${which}${weakness}` };
  record('secrets/weak-secret', 'reported', { name: wanted.name, reason: `${which}${weakness}` });
  return undefined;
}

function problemOf(found: Found): string | undefined {
  return found !== undefined && 'problem' in found ? found.problem : undefined;
}

function textsOf(found: Found): readonly string[] {
  return found !== undefined && 'texts' in found ? found.texts : [];
}

function emptyEnvironment(env: SecretsSettings['env'], names: readonly Wanted[]): void {
  for (const { name } of names) {
    for (const variable of [name, `${name}_PREVIOUS`]) {
      if (Object.hasOwn(env, variable) && !Reflect.deleteProperty(env, variable)) {
        throw new Misuse('bulwark/invalid-option', `emptyEnv cannot remove ${variable} from env.`);
      }
    }
  }
}
