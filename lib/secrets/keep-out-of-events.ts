import { rememberSecret } from '../internal/known-secrets.ts';
import { passwordIn } from './secret-weakness.ts';
import { weaknessOf } from './weakness.ts';

/** Shorter or guessable values may be ordinary words, which events are full of. */
const leastLength = 12;

/** From now on no event shows this value, nor the password in it if it is a URL. */
export function keepOutOfEvents(value: string): void {
  for (const one of [value, passwordIn(value)]) {
    if (one !== undefined && one.length >= leastLength && weaknessOf(one) === undefined) rememberSecret(one);
  }
}
