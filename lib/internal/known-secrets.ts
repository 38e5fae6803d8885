import { shared } from './shared.ts';

/**
 * The values of secrets that the application loaded, so that events never show one, whatever name it has there. `bulwark/event` must
 * not import `bulwark/secrets`, so both meet here.
 */
let known: string[] | undefined;

/** Kept here, because every field of every event asks for it. */
function values(): string[] {
  known ??= shared('secret-values', (): string[] => []);
  return known;
}

const most = 64;
const longest = 1024;

/**
 * The caller decides that the value is no ordinary word. Past 64 values the oldest is forgotten; a longer value than an event shows
 * isn't kept.
 */
export function rememberSecret(value: string): void {
  if (value.length > longest || values().includes(value)) return;
  values().push(value);
  if (values().length > most) values().shift();
}

/** The text with every known secret replaced by `[redacted]`. */
export function withoutKnownSecrets(text: string): string {
  let clean = text;
  for (const value of values()) {
    if (value.length <= clean.length && clean.includes(value)) clean = clean.replaceAll(value, '[redacted]');
  }
  return clean;
}
