import { vouched } from '../../html/values/effect.ts';
import { type SafeHtml, trust } from '../../html/values/safe-html.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { requireReason } from './require-reason.ts';

export interface TrustedHtmlOptions {
  readonly because: string;
  readonly place?: 'body' | 'head' | 'table';
}

/**
 * Trusts markup without any check: whoever wrote any part of it can run scripts in your pages.
 *
 * Use it for markup that your own build or renderer creates. Never use it for what a visitor typed, even if they are an
 * administrator, and even if it was sanitised before it was stored: use `sanitize`.
 *
 * @param options.because the reason, as a sentence for a reviewer. Required in production too, and listed by
 *   `bulwark scan`.
 * @param options.place where the markup goes: a `<head>` (metadata only), or a `<table>` or a part of one (whole rows or
 *   cells only), because a parser moves anything else out of there. `'body'` by default
 * @throws Misuse `bulwark/invalid-option` for an unknown place
 * @throws Misuse `html/missing-reason` without a string and a reason of at least 10 characters
 *
 * @example
 * ```ts
 * import { render } from 'bulwark/html';
 * import { trustedHtml } from 'bulwark/unsafe/html';
 *
 * const logo = trustedHtml('<svg viewBox="0 0 1 1"></svg>', { because: 'A constant, drawn by us.' });
 * render(logo); // '<svg viewBox="0 0 1 1"></svg>'
 * ```
 */
export function trustedHtml(markup: string, options: TrustedHtmlOptions): SafeHtml {
  requireReason(markup, options, ['place']);
  const place = (Object.hasOwn(options, 'place') ? options.place : undefined) ?? 'body';
  if (!Object.hasOwn(vouched, place)) {
    throw new Misuse('bulwark/invalid-option', "place is 'body', 'head' or 'table'.");
  }
  return trust(markup, false, vouched[place]);
}
