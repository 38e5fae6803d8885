import { brand, shared } from '../../internal/shared.ts';
import { Misuse } from '../../refusal/misuse.ts';

/** A value that holds a text with a contract. Turned into a string by accident, it would have lost that. */
export abstract class TrustedText {
  toString(): never {
    throw new Misuse('html/implicit-string');
  }

  toJSON(): never {
    throw new Misuse('html/implicit-string');
  }
}

export interface TextKeeper<T extends TrustedText> {
  /** The only maker: called by the type's tag and `bulwark/unsafe/html`. Never exported. */
  readonly trust: (text: string) => T;
  /** The text of such a value, or undefined for anything else. */
  readonly textOf: (value: unknown) => string | undefined;
}

/** A value is recognised by its identity; copies of bulwark know each other's. */
export function textKeeper<T extends TrustedText>(key: string, Type: new () => T): TextKeeper<T> {
  const trusted = brand<T>(key);
  const texts = shared(key, () => new WeakMap<object, string>());
  return {
    trust(text) {
      const safe = Object.freeze(new Type());
      texts.set(safe, text);
      return trusted.add(safe);
    },
    textOf: (value) => (trusted.has(value) ? texts.get(value) : undefined),
  };
}
