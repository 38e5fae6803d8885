/**
 * Looks at whether a page violates its own policy: by its markup, and with `--browser` by loading it in Chromium, which also sees what
 * scripts and style sheets do.
 *
 * ## Why
 * A part of the page does not work. Whoever mends that in haste allows too much, or switches the policy off.
 *
 * ## Passes
 * Chromium loaded each page, and its policy stopped nothing of the page's own.
 *
 * ## Fails
 * The policy stops scripts, styles, handlers or loads that the page itself has.
 *
 * ## Unknown
 * The markup violates nothing, and no browser looked at the page.
 *
 * ## How to fix
 * ```html
 * <script nonce="{the nonce of this answer}">...</script>
 * ```
 */

import type { Answer } from '../../../../target/http/reply.ts';
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { markupViolations } from '../../../live/judge/markup-violations.ts';
import { isHtml, seenPages } from '../../../live/judge/page-answers.ts';
import { pathOf, short, shownReply } from '../../../live/judge/shown.ts';
import type { BrowserPage, Site } from '../../../live/site.ts';

const fix =
  'Give the scripts and styles of the page the nonce of the answer, or move them into files that the policy allows.';
const withBrowser = 'Run the audit with `--browser`, which loads the page in Chromium.';

export const check: Check = liveCheck({
  id: 'live/csp-violations',
  aspect: 'csp/policy',
  title: 'Pages do not violate their own policy.',
  why: 'A part of the page does not work, and whoever mends that in haste allows too much.',
  weight: 'note',
  severity: 'low',
  cwe: [693],
  asvs: [],
  judge,
});

function judge(site: Site): readonly Outcome[] {
  const { seen, lost } = seenPages(site, fix);
  const pages = seen.filter((answer) => isHtml(answer) && violationsOn(answer) !== undefined);
  if (pages.length === 0) return lost;
  const inMarkup = pages.flatMap(violationsIn);
  const loaded = (site.browser?.pages ?? []).flatMap(violationsWhenLoaded);
  const found = [...new Map([...inMarkup, ...loaded].map((one) => [one.summary, one])).values()];
  if (found.length > 0) return found.slice(0, 20);
  const failure =
    site.browser?.failure ??
    site.browser?.pages.flatMap(({ loads }) => loads).find((one) => one.failure)?.failure;
  const evidence = pages.map((answer) => shownReply(answer, 'content-security-policy')).slice(0, 10);
  const isLoaded =
    failure === undefined &&
    (site.browser?.pages.length ?? 0) > 0 &&
    site.browser?.pages.every(({ loads }) => loads.length > 0);
  if (!isLoaded)
    return [
      unknown(
        'The markup of the pages violates no policy, and what their scripts do was not seen.',
        withBrowser,
        [...evidence, ...(failure === undefined ? [] : [{ text: short(failure, 200) }])],
      ),
    ];
  return lost.length > 0
    ? lost
    : [pass('Chromium loaded the pages, and their policies stopped nothing of their own.', evidence)];
}

function violationsIn(answer: Answer): readonly Outcome[] {
  const found = violationsOn(answer) ?? [];
  if (found.length === 0) return [];
  const evidence = found
    .slice(0, 10)
    .map(({ what, directive }) => ({ text: short(`${what}, by ${directive}`, 200) }));
  return [
    fail(
      `The page ${pathOf(answer.url)} has markup that its own policy stops.`,
      [shownReply(answer, 'content-security-policy'), ...evidence],
      fix,
    ),
  ];
}

function violationsOn(answer: Answer): ReturnType<typeof markupViolations> {
  return markupViolations(answer, new URL(answer.url));
}

function violationsWhenLoaded({ url, loads }: BrowserPage): readonly Outcome[] {
  const found = loads.flatMap(({ violations }) => violations).filter(({ isReportOnly }) => !isReportOnly);
  if (found.length === 0) return [];
  const evidence = found.map(({ directive, blocked, line, sample }) => ({
    text: short(
      `${directive} stopped ${blocked}${line === undefined ? '' : ` in line ${line}`} ${sample}`,
      200,
    ),
  }));
  return [
    fail(
      `Chromium loaded the page ${pathOf(url)}, and its own policy stopped a part of it.`,
      evidence.slice(0, 10),
      fix,
    ),
  ];
}
