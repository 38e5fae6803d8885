import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { webOrigin } from '../request/web-origin.ts';
import type { AllowedOrigin } from './csrf-options.ts';
import { isListed, readPatterns } from './paths.ts';

/** Whether pages of `origin` may send to `path`. */
export type AllowedOrigins = (origin: string, path: string) => boolean;

const most = 1_000;

/** @throws Misuse `bulwark/invalid-option` for `null`, wildcards, and anything else that isn't one exact origin */
export function allowedOrigins(option: unknown): AllowedOrigins {
  if (option === undefined) return () => false;
  if (!Array.isArray(option) || option.length > most) {
    throw new Misuse('bulwark/invalid-option', `allowOrigins takes a list of at most ${most} origins.`);
  }
  const everywhere = new Set<string>();
  const somewhere = new Map<string, readonly string[]>();
  for (const entry of option as readonly (string | AllowedOrigin)[]) {
    if (typeof entry === 'string') {
      everywhere.add(readOrigin(entry));
      continue;
    }
    const { origin, paths } = knownOptions(entry, ['origin', 'paths']);
    const name = readOrigin(origin);
    somewhere.set(name, [...(somewhere.get(name) ?? []), ...readPatterns('paths of allowOrigins', paths)]);
  }
  return (origin, path) => everywhere.has(origin) || isListed(path, somewhere.get(origin) ?? []);
}

/** Browser extensions and web views of apps, such as `capacitor://localhost`. Any web site can have the others. */
const ofPrograms =
  /^(?!(?:https?|file|data|blob|about|javascript|view-source|filesystem|wss?):)[a-z][a-z\d+.-]{1,30}:\/\/[\w.-]{1,253}$/;

function readOrigin(value: unknown): string {
  if (typeof value === 'string' && ofPrograms.test(value)) return value;
  const origin = typeof value === 'string' ? webOrigin(value.replace(/\/$/, '')) : undefined;
  if (origin !== undefined) return origin;
  throw new Misuse(
    'bulwark/invalid-option',
    "allowOrigins takes exact origins, such as 'https://admin.example.com', without wildcard or path. `null` is the origin of any sandboxed page.",
  );
}
