import { createHash } from 'node:crypto';
import { Misuse } from '../refusal/misuse.ts';
import { wellFormed } from './values/escape.ts';
import { type SafeScript, scriptText } from './values/safe-script-type.ts';
import { type SafeStyle, styleText } from './values/safe-style-type.ts';

/**
 * The hashes of inline blocks, as sources for `script-src` and `style-src` of a Content-Security-Policy. With them a page
 * needs no nonce, and can be cached: `render(page, { nonce: false })`.
 *
 * @param blocks the whole contents of `<script>` and `<style>` elements
 *
 * @example
 * ```ts
 * import { inlineHashes, safeScript } from 'bulwark/html';
 *
 * inlineHashes(safeScript`start();`);
 * // ["'sha256-E6jQvrT2ZivWG9GJ4AAEZf4MhI7l3QkLroW4hgvUT4c='"]
 * ```
 */
export function inlineHashes(...blocks: readonly (SafeScript | SafeStyle)[]): string[] {
  return blocks.map((block) => {
    const text = scriptText(block) ?? styleText(block);
    if (text === undefined)
      throw new Misuse('html/invalid-value', 'inlineHashes() takes SafeScript and SafeStyle.');
    return `'sha256-${createHash('sha256').update(wellFormed(text), 'utf8').digest('base64')}'`;
  });
}
