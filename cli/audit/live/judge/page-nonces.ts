import type { Policy } from '../../../doctor/page/policy.ts';
import type { Site } from '../site.ts';
import { answersOf } from './page-answers.ts';
import { type PageText, policiesOf } from './page-policies.ts';

/** The sources with a nonce of all policies of an answer: `'nonce-...'`. */
export function nonceSources(answer: PageText): readonly string[] {
  const { inHeader, inMeta } = policiesOf(answer);
  return [...new Set([...inHeader, ...inMeta].flatMap(ofPolicy))];
}

function ofPolicy(policy: Policy): readonly string[] {
  return [...policy]
    .filter(([name]) => /^(?:script-src(?:-elem)?|default-src)$/.test(name))
    .flatMap(([, sources]) => sources)
    .filter((source) => /^'nonce-.+'$/i.test(source));
}

/** The sources with a nonce that a page was sent with twice. */
export function fixedNonces(site: Site, url: string): ReadonlySet<string> {
  const pages = site.pages.filter((page) => answersOf(page).some((answer) => answer.url === url));
  return new Set(
    pages.flatMap((page) => {
      const [first, second] = answersOf(page).map(nonceSources);
      return (first ?? []).filter((source) => second?.includes(source));
    }),
  );
}
