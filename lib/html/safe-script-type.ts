import { brand, shared } from '../internal/shared.ts';
import { Misuse } from '../refusal/misuse.ts';

const trusted = brand<SafeScript>('html:script');
const texts = shared('html:script', () => new WeakMap<object, string>());

/**
 * Guarantee: the content of a `<script>` that the developer wrote, with values as JSON only where they are values.
 */
export class SafeScript {
  // No such field exists; it makes the type nominal, so that no other object has its shape.
  declare protected readonly opaque: 'SafeScript';

  toString(): never {
    throw new Misuse('html/implicit-string');
  }

  toJSON(): never {
    throw new Misuse('html/implicit-string');
  }
}

/** The only maker: called by `safeScript` and `bulwark/unsafe/html`. Never exported. */
export function trustScript(text: string): SafeScript {
  const safe = new SafeScript();
  Object.freeze(safe);
  texts.set(safe, text);
  return trusted.add(safe);
}

/** The text of such a value, or undefined for anything else. */
export function scriptText(value: unknown): string | undefined {
  return trusted.has(value) ? texts.get(value) : undefined;
}
