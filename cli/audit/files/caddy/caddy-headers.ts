import { type CaddySite, linesWithin } from './caddy-view.ts';
import type { CaddyLine } from './parse-caddyfile.ts';

export interface CaddyHeader {
  readonly value: string;
  readonly line: CaddyLine;
  /** It holds for some requests only: a matcher stands before it, or it is inside of `handle` and the like. */
  readonly isPartial: boolean;
}

/** Where a site sets or deletes a header: the name as it is written, `strict-transport-security` or `-server`. */
export function headersNamed(site: CaddySite, name: string): readonly CaddyHeader[] {
  return linesWithin(site.directives).flatMap(({ line, around }) => {
    const [directive, ...args] = line.words;
    const isInside = around.length > 0;
    if (directive === 'header' && !around.includes('reverse_proxy')) {
      const hasMatcher = /^[@/*]/.test(args[0] ?? '') && args[0] !== '*';
      const rest = /^[@/*]/.test(args[0] ?? '') ? args.slice(1) : args;
      const own = rest.length > 0 ? [{ words: rest, line }] : [];
      const listed = (line.block ?? []).map((one) => ({ words: one.words, line: one }));
      return [...own, ...listed]
        .filter(({ words }) => bare(words[0] ?? '') === name)
        .map(({ words, line: place }) => ({
          value: words[1] ?? '',
          line: place,
          isPartial: hasMatcher || isInside,
        }));
    }
    return [];
  });
}

/** `>Server` and `?Server` set; `-Server` deletes. */
function bare(name: string): string {
  return name
    .toLowerCase()
    .replace(/^[+?>]+/, '')
    .replace(/:$/, '');
}
