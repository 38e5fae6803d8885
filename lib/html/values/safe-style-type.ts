import { TrustedText, textKeeper } from './trusted-text.ts';

/**
 * Guarantee: the content of a `<style>` or a `style` attribute that the developer wrote.
 */
export class SafeStyle extends TrustedText {
  // No such field exists; it makes the type nominal, so that no other object has its shape.
  declare protected readonly opaque: 'SafeStyle';
}

const keeper = textKeeper('html:style', SafeStyle);

export const trustStyle: (text: string) => SafeStyle = keeper.trust;
export const styleText: (value: unknown) => string | undefined = keeper.textOf;
