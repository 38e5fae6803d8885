import { TrustedText, textKeeper } from './trusted-text.ts';

/**
 * Guarantee: the content of a `<script>` that the developer wrote, with values as JSON only where they are values.
 */
export class SafeScript extends TrustedText {
  // No such field exists; it makes the type nominal, so that no other object has its shape.
  declare protected readonly opaque: 'SafeScript';
}

const keeper = textKeeper('html:script', SafeScript);

export const trustScript: (text: string) => SafeScript = keeper.trust;
export const scriptText: (value: unknown) => string | undefined = keeper.textOf;
