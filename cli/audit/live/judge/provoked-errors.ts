import type { Answer } from '../../../target/http/reply.ts';
import type { Site } from '../site.ts';
import { errorAnswers } from './all-answers.ts';
import { answersOf } from './page-answers.ts';

export type Provoked =
  | { readonly kind: 'errors'; readonly errors: readonly Answer[] }
  /** Everything that was sent is answered with an ordinary page. */
  | { readonly kind: 'pages'; readonly pages: readonly Answer[] }
  /** A sentence. */
  | { readonly kind: 'none'; readonly why: string };

/** Demands to log in, limits, and gateways whose site is down: none of them shows how the site answers errors. */
const notOfTheSite: ReadonlySet<number> = new Set([401, 407, 429, 502, 503, 504]);

/** What the requests that provoke errors have shown. */
export function provokedErrors(site: Site): Provoked {
  const answers = errorAnswers(site);
  const usual = site.pages.flatMap(answersOf).map(({ status }) => status);
  const errors = answers.filter(
    ({ status }) => status >= 400 && !notOfTheSite.has(status) && !(status === 403 && usual.includes(403)),
  );
  if (errors.length > 0) return { kind: 'errors', errors };
  const isWhole = [...site.errors, ...site.controls].every(({ reply }) => reply.kind === 'answer');
  const isOpen = usual.length > 0 && usual.every((status) => status < 300);
  if (answers.length > 0 && isWhole && isOpen && answers.every(({ status }) => status >= 200 && status < 300))
    return { kind: 'pages', pages: answers };
  return {
    kind: 'none',
    why:
      answers.length > 0 && answers.every(({ status }) => status === 401 || status === 403 || status === 407)
        ? 'The site refuses every request without a log-in, so that none of its errors was seen.'
        : 'No error of the site could be provoked.',
  };
}
