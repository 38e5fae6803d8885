/**
 * Looks at `/.well-known/security.txt` (RFC 9116).
 *
 * ## Why
 * Who finds a hole needs to know whom to tell. Without an address the hole is told to all, or to nobody.
 *
 * ## Passes
 * The file has a `Contact`, and exactly one `Expires` that is in the future.
 *
 * ## Fails
 * It is not there; it has no contact that is a URL; `Expires` is missing, there twice, no date, or past; or it is sent as HTML.
 *
 * ## Unknown
 * The site had no answer.
 *
 * ## How to fix
 * ```text
 * Contact: mailto:security@shop.example
 * Expires: 2027-06-30T00:00:00Z
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { isHtml } from '../../../live/judge/page-answers.ts';
import { isAnswerOfAll } from '../../../live/judge/probed-path.ts';
import { shownReply } from '../../../live/judge/shown.ts';
import type { Site } from '../../../live/site.ts';

const path = '/.well-known/security.txt';
const fix = `Serve ${path} as text/plain with the lines \`Contact: mailto:...\` and \`Expires: ...\`, a date within a year.`;

export const check: Check = liveCheck({
  id: 'live/security-txt',
  aspect: 'server/hardening',
  title: 'A `security.txt` says whom to tell about a hole, and is current.',
  why: 'Who finds a hole needs to know whom to tell.',
  weight: 'note',
  severity: 'low',
  cwe: [],
  asvs: [],
  judge,
});

function judge(site: Site, today: string): readonly Outcome[] {
  const probe = site.paths.find((one) => one.path === path);
  if (probe === undefined) return [unknown(`${path} was not asked for.`, 'Audit the site while it answers.')];
  const { reply } = probe;
  const evidence = [shownReply(reply, 'content-type')];
  if (reply.kind === 'none' || reply.status >= 500 || reply.status === 429)
    return [unknown(`${path} had no answer.`, 'Audit the site while it answers.', evidence)];
  if (reply.status >= 300 && reply.status < 400)
    return [unknown(`${path} redirects, which was not followed.`, fix, [shownReply(reply, 'location')])];
  if (reply.status !== 200 || isHtml(reply) || isAnswerOfAll(reply, site))
    return [fail(`The site has no ${path}.`, evidence, fix)];
  const wrong = mistakesIn(reply.body.slice(0, 100_000), today);
  if (wrong.length > 0) return wrong.map((what) => fail(`${path} ${what}.`, evidence, fix));
  const lines = reply.body.split(/\r?\n/).filter((line) => /^(?:contact|expires):/i.test(line));
  return [
    pass(`${path} has a contact, and has not expired.`, [
      ...evidence,
      ...lines.slice(0, 5).map((line) => ({ text: line.slice(0, 150) })),
    ]),
  ];
}

function mistakesIn(text: string, today: string): readonly string[] {
  const fields = text.split(/\r?\n/).flatMap((line) => {
    const [, name, value = ''] = /^([A-Za-z-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    return name === undefined ? [] : [[name.toLowerCase(), value] as const];
  });
  const of = (wanted: string): readonly string[] =>
    fields.flatMap(([name, value]) => (name === wanted ? [value] : []));
  const contacts = of('contact');
  const expires = of('expires');
  const isUrl = (value: string): boolean => /^(?:mailto:\S+@\S+|tel:\S+|https:\/\/\S+)$/i.test(value);
  return [
    ...(contacts.length === 0
      ? ['has no contact']
      : contacts.some(isUrl)
        ? []
        : ['has no contact that is a URL, such as `mailto:`']),
    ...(expires.length === 0
      ? ['has no date on which it expires']
      : expires.length > 1
        ? ['has more than one date on which it expires']
        : expiry(expires[0] ?? '', today)),
  ];
}

function expiry(value: string, today: string): readonly string[] {
  // RFC 3339; anything else that a program takes for a date is a mistake.
  if (!/^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/.test(value))
    return ['has an expiry that is no date of RFC 3339'];
  const time = Date.parse(value.toUpperCase().replace(' ', 'T'));
  if (Number.isNaN(time)) return ['has an expiry that is no date of RFC 3339'];
  return time < Date.parse(`${today}T00:00:00Z`) ? ['has expired'] : [];
}
