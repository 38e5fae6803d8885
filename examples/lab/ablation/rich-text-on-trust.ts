import type { SafeHtml } from 'bulwark/html';
import { trustedHtml } from 'bulwark/unsafe/html';

/** Unsanitised markup does not get past the types: taking the sanitiser out takes a lie. */
export function richText(markup: string): SafeHtml {
  return trustedHtml(markup, { because: 'the lab shows what this lie costs' });
}
