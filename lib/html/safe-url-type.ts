import { brand, shared } from '../internal/shared.ts';
import { Misuse } from '../refusal/misuse.ts';

const trusted = brand<SafeUrl>('html:url');
const texts = shared('html:url', () => new WeakMap<object, string>());

/**
 * Guarantee: followed as a link, submitted to, or loaded as an image, this URL runs nothing in the page, and opens what
 * the developer named. Its scheme may be one that a plain value cannot have, such as `sms:` or `whatsapp:`.
 */
export class SafeUrl {
  // No such field exists; it makes the type nominal, so that no other object has its shape.
  declare protected readonly opaque: 'SafeUrl';

  toString(): never {
    throw new Misuse('html/implicit-string');
  }

  toJSON(): never {
    throw new Misuse('html/implicit-string');
  }
}

/** The only maker: called by `safeUrl` and `bulwark/unsafe/html`. Never exported. */
export function trustUrl(text: string): SafeUrl {
  const safe = new SafeUrl();
  Object.freeze(safe);
  texts.set(safe, text);
  return trusted.add(safe);
}

/** The text of such a value, or undefined for anything else. */
export function safeUrlText(value: unknown): string | undefined {
  return trusted.has(value) ? texts.get(value) : undefined;
}
