/**
 * Looks at what pages over https load or submit over http: scripts, styles, frames, and forms.
 *
 * ## Why
 * Browsers block most of it, so that the page breaks. A form is submitted all the same, and can be read on its way.
 *
 * ## Passes
 * Nothing in the markup of the pages has a URL with `http:`, except links.
 *
 * ## Fails
 * A script, a style sheet, a frame, an object or a form has one.
 *
 * ## Unknown
 * A page had no answer, was too long to be read, none of them is HTML, or none was asked for over https.
 *
 * ## How to fix
 * ```html
 * <script src="https://shop.example/app.js"></script>
 * ```
 */

import { mostMarkup } from '../../../../doctor/page/page-parts.ts';
import type { Answer } from '../../../../target/http/reply.ts';
import type { Check } from '../../../check/check.ts';
import { type Outcome, unknown } from '../../../check/outcome.ts';
import { judgePages, type PageVerdict } from '../../../live/judge/judge-pages.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { answersOf } from '../../../live/judge/page-answers.ts';
import { partsOf, policiesOf } from '../../../live/judge/page-policies.ts';
import type { Site } from '../../../live/site.ts';

const fix =
  'Load and submit everything over https, or send `Content-Security-Policy: upgrade-insecure-requests`.';
const attributes: Readonly<Record<string, readonly string[]>> = {
  ...{ script: ['src'], iframe: ['src'], frame: ['src'], embed: ['src'], object: ['data'] },
  ...{ form: ['action'], button: ['formaction'], input: ['formaction'] },
};

export const check: Check = liveCheck({
  id: 'live/mixed-content',
  aspect: 'https/redirect',
  title: 'Pages over https load and submit nothing over http.',
  why: 'What is sent over http can be read and changed by anyone on the path.',
  weight: 'note',
  severity: 'medium',
  cwe: [319],
  asvs: ['12.2.1'],
  judge,
});

function judge(site: Site): readonly Outcome[] {
  const pages = site.pages.filter((page) => page.url.startsWith('https:') || answersOf(page).some(isSecure));
  if (pages.length === 0)
    return [unknown('No page was looked at over https.', 'Give the URL of the site with https.')];
  return judgePages(
    { ...site, pages },
    {
      passes: 'The pages that were looked at load and submit nothing over http.',
      fix,
      headers: [],
      isOfMarkup: true,
      judge: judgeAnswer,
    },
  );
}

function isSecure({ url }: Answer): boolean {
  return url.startsWith('https:');
}

function judgeAnswer(answer: Answer): PageVerdict | undefined {
  if (!isSecure(answer)) return undefined;
  const { inHeader, inMeta } = policiesOf(answer);
  const upgrades = [...inHeader, ...inMeta].some(
    (policy) => policy.has('upgrade-insecure-requests') || policy.has('block-all-mixed-content'),
  );
  const found = partsOf(answer).flatMap((part) => {
    const isSheet =
      part.tag === 'link' && /(?:^|\s)stylesheet(?:\s|$)/i.test(part.attributes.get('rel') ?? '');
    return (isSheet ? ['href'] : (attributes[part.tag] ?? [])).flatMap((name) => {
      const value = part.attributes.get(name)?.trim() ?? '';
      return /^http:/i.test(value) && !isLoopback(value)
        ? [{ text: `<${part.tag}> in line ${part.line}: ${value.slice(0, 150)}` }]
        : [];
    });
  });
  if (found.length > 0 && !upgrades)
    return { verdict: 'fail', why: 'loads or submits something over http', evidence: found.slice(0, 10) };
  if (answer.isCut || answer.body.length > mostMarkup)
    return { verdict: 'unknown', why: 'was too long to be read whole' };
  return { verdict: 'pass', why: 'does not' };
}

/** Browsers take loopback for safe. */
function isLoopback(url: string): boolean {
  return /^http:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/?#]|$)/i.test(url);
}
