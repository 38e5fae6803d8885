import { brand, shared } from '../internal/shared.ts';
import { Misuse } from '../refusal/misuse.ts';

const trusted = brand<TrustedResourceUrl>('html:resource-url');
const texts = shared('html:resource-url', () => new WeakMap<object, string>());

/**
 * Guarantee: what this URL loads is the developer's choice, so that it may be the source of a script, a frame, an object or
 * a style sheet, or the base of the page: its origin, and the start of its path, come from a literal.
 */
export class TrustedResourceUrl {
  // No such field exists; it makes the type nominal, so that no other object has its shape.
  declare protected readonly opaque: 'TrustedResourceUrl';

  toString(): never {
    throw new Misuse('html/implicit-string');
  }

  toJSON(): never {
    throw new Misuse('html/implicit-string');
  }
}

/** The only maker: called by `resourceUrl` and `bulwark/unsafe/html`. Never exported. */
export function trustResourceUrl(text: string): TrustedResourceUrl {
  const safe = new TrustedResourceUrl();
  Object.freeze(safe);
  texts.set(safe, text);
  return trusted.add(safe);
}

/** The text of such a value, or undefined for anything else. */
export function resourceUrlText(value: unknown): string | undefined {
  return trusted.has(value) ? texts.get(value) : undefined;
}
