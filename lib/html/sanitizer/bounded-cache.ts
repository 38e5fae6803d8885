import { createHash } from 'node:crypto';
import type { SafeHtml } from '../values/safe-html.ts';

export interface BoundedCache {
  /** What was made of this markup, or `make()` of it. What throws is not kept. */
  of(markup: string, make: () => { readonly html: SafeHtml; readonly length: number }): SafeHtml;
}

/**
 * Keeps what was sanitised under a hash of what it was made of: SHA-256, so that nobody can write a text that gets
 * another one's result. What was not asked for longest goes first.
 *
 * @param mostLength in UTF-16 units of output, taken together
 */
export function boundedCache(mostEntries: number, mostLength: number): BoundedCache {
  const entries = new Map<string, { readonly html: SafeHtml; readonly length: number }>();
  let length = 0;
  return {
    of(markup, make) {
      const key = createHash('sha256').update(Buffer.from(markup, 'utf16le')).digest('base64');
      const found = entries.get(key);
      if (found) {
        entries.delete(key);
        entries.set(key, found);
        return found.html;
      }
      const made = make();
      if (made.length > mostLength) return made.html;
      entries.set(key, made);
      length += made.length;
      for (const [oldest, entry] of entries) {
        if (entries.size <= mostEntries && length <= mostLength) break;
        entries.delete(oldest);
        length -= entry.length;
      }
      return made.html;
    },
  };
}
