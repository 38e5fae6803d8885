import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import {
  type Environment,
  environmentSource,
  functionSource,
  type SecretLookup,
  type SecretSource,
} from './secret-source.ts';

export interface SecretsOptions {
  /** Looks every secret up instead of the environment and files: in a vault, for example. `NAME_PREVIOUS` is asked for too, for keys. */
  readonly from?: SecretLookup;
  /** The variables. `process.env` by default. */
  readonly env?: Environment;
  /** The folder where secrets are mounted, one file each. `/run/secrets` by default; `false` for none. */
  readonly folder?: string | false;
  /**
   * Removes the secrets' variables from the environment once all are loaded. Libraries, and processes that are started later, no longer
   * see them. `/proc/self/environ` and processes that run already still have them.
   */
  readonly emptyEnv?: boolean;
  /** How long all of it may take. 10,000 milliseconds by default. */
  readonly timeoutMs?: number;
}

export interface SecretsSettings {
  readonly env: Environment;
  readonly emptyEnv: boolean;
  readonly timeoutMs: number;
  /** Where a missing secret could be put, as the end of a sentence. */
  places(name: string): string;
  source(signal: AbortSignal): SecretSource;
}

/** @throws Misuse `bulwark/invalid-option` */
export function readSecretsOptions(options: SecretsOptions): SecretsSettings {
  const own = knownOptions(options, ['from', 'env', 'folder', 'emptyEnv', 'timeoutMs']);
  const { from, emptyEnv = false, timeoutMs = 10_000 } = own;
  if (typeof emptyEnv !== 'boolean') throw invalid('emptyEnv takes true or false.');
  if (!Number.isSafeInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > 600_000) {
    throw invalid('timeoutMs takes a whole number from 1 to 600000.');
  }
  const env = own.env ?? globalThis.process?.env ?? {};
  if (typeof env !== 'object') throw invalid('env takes a record of variables, such as process.env.');
  if (from !== undefined) {
    if (typeof from !== 'function') throw invalid('from takes a function.');
    if (own.env !== undefined || own.folder !== undefined) throw invalid('Give from, or env and folder.');
    const places = (): string => '`from` gave nothing';
    return { env, emptyEnv, timeoutMs, places, source: (signal) => functionSource(from, signal) };
  }
  const folder = readFolder(own.folder ?? '/run/secrets');
  const mounted = folder === undefined ? '' : `, or mount ${folder}/`;
  const places = (name: string): string =>
    `set ${name}, or ${name}_FILE to the path of a file${folder === undefined ? '' : `${mounted}${name}`}`;
  return { env, emptyEnv, timeoutMs, places, source: () => environmentSource(env, folder) };
}

function readFolder(folder: unknown): string | undefined {
  if (folder === false) return undefined;
  if (typeof folder === 'string' && /^\/[^\0]{1,1000}$/.test(folder)) return folder.replace(/\/+$/, '');
  throw invalid('folder takes the absolute path of a folder, or false.');
}

function invalid(message: string): Misuse {
  return new Misuse('bulwark/invalid-option', message);
}
