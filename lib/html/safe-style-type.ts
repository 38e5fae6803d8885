import { brand, shared } from '../internal/shared.ts';
import { Misuse } from '../refusal/misuse.ts';

const trusted = brand<SafeStyle>('html:style');
const texts = shared('html:style', () => new WeakMap<object, string>());

/**
 * Guarantee: the content of a `<style>` or a `style` attribute that the developer wrote.
 */
export class SafeStyle {
  // No such field exists; it makes the type nominal, so that no other object has its shape.
  declare protected readonly opaque: 'SafeStyle';

  toString(): never {
    throw new Misuse('html/implicit-string');
  }

  toJSON(): never {
    throw new Misuse('html/implicit-string');
  }
}

/** The only maker: called by `safeStyle` and `bulwark/unsafe/html`. Never exported. */
export function trustStyle(text: string): SafeStyle {
  const safe = new SafeStyle();
  Object.freeze(safe);
  texts.set(safe, text);
  return trusted.add(safe);
}

/** The text of such a value, or undefined for anything else. */
export function styleText(value: unknown): string | undefined {
  return trusted.has(value) ? texts.get(value) : undefined;
}
