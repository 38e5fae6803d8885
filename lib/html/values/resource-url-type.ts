import { TrustedText, textKeeper } from './trusted-text.ts';

/**
 * Guarantee: what this URL loads is the developer's choice, so that it may be the source of a script, a frame, an object or
 * a style sheet, or the base of the page: its origin, and the start of its path, come from a literal.
 */
export class TrustedResourceUrl extends TrustedText {
  // No such field exists; it makes the type nominal, so that no other object has its shape.
  declare protected readonly opaque: 'TrustedResourceUrl';
}

const keeper = textKeeper('html:resource-url', TrustedResourceUrl);

export const trustResourceUrl: (text: string) => TrustedResourceUrl = keeper.trust;
export const resourceUrlText: (value: unknown) => string | undefined = keeper.textOf;
