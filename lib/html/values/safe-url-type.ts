import { TrustedText, textKeeper } from './trusted-text.ts';

/**
 * Guarantee: followed as a link, submitted to, or loaded as an image, this URL runs nothing in the page, and opens what
 * the developer named. Its scheme may be one that a plain value cannot have, such as `sms:` or `whatsapp:`.
 */
export class SafeUrl extends TrustedText {
  // No such field exists; it makes the type nominal, so that no other object has its shape.
  declare protected readonly opaque: 'SafeUrl';
}

const keeper = textKeeper('html:url', SafeUrl);

export const trustUrl: (text: string) => SafeUrl = keeper.trust;
export const safeUrlText: (value: unknown) => string | undefined = keeper.textOf;
