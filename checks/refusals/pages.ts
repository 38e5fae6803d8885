import { type CodeEntry, codes } from '../../lib/refusal/codes.ts';
import { readDiscussions } from './discussions.ts';
import { indexOf, pageOf, pagePath } from './page.ts';

/** All pages by their path below docs/refusals/. */
export function refusalPages(): Map<string, string> {
  const discussions = readDiscussions();
  const catalogue: Readonly<Record<string, CodeEntry>> = codes;
  const pages = Object.entries(catalogue).map(([code, entry]): [string, string] => [
    pagePath(code),
    pageOf(code, entry, discussions.get(code) ?? ''),
  ]);
  return new Map([['README.md', indexOf(catalogue)], ...pages]);
}
