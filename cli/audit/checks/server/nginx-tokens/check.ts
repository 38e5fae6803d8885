/**
 * Looks at `server_tokens` of nginx in each server and location. Its default is `on`.
 *
 * ## Why
 * A version tells an attacker at once which known vulnerabilities to try.
 *
 * ## Passes
 * `server_tokens off` holds everywhere, or the header is cleared by headers-more. nginx then sends its bare name, which it cannot be told
 * to hide.
 *
 * ## Fails
 * It is `on` or `build` somewhere; or nothing sets it, and the whole configuration is in the project.
 *
 * ## Unknown
 * Nothing sets it, and the main configuration or an include is not in the project: that of Debian 13 sets it to `off`, that of the image of
 * nginx does not.
 *
 * ## How to fix
 * ```nginx
 * http {
 *     server_tokens off;
 * }
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { effective, type NginxContext, nginxView, unresolved } from '../../../files/nginx/nginx-view.ts';
import { contextName, gapEvidence, shownContext, shownDirective } from '../../../files/nginx/shown.ts';
import { ownImage } from '../../../files/own-image.ts';
import type { Subject } from '../../../subject/subject.ts';

const fix = 'Add `server_tokens off;` to the `http` block of nginx.';

export const check: Check = {
  id: 'server/nginx-tokens',
  aspect: 'server/tokens',
  title: 'nginx does not send its version.',
  why: 'A version tells an attacker which known vulnerabilities to try.',
  severity: 'low',
  cwe: [200],
  asvs: ['13.4.6'],
  run: (subject) => look(subject),
};

function look(subject: Subject): readonly Outcome[] {
  const view = nginxView(subject);
  const outcomes = view.servers.flatMap(({ contexts, hasHttp }) =>
    contexts.map((context) =>
      judge(context, hasHttp || ownImage(subject, /^nginx(:|@|$)|\/nginx(-unprivileged)?(:|@|$)/)),
    ),
  );
  if (outcomes.length > 0) return distinct(outcomes);
  return view.gaps.length > 0
    ? [unknown('The configuration of nginx could not be read.', fix, gapEvidence(view))]
    : [];
}

function judge(context: NginxContext, isWhole: boolean): Outcome {
  const found = effective(context, 'server_tokens');
  const cleared = context.levels
    .flat()
    .find(({ name, args }) => name === 'more_clear_headers' && args.some((arg) => /^server$/i.test(arg)));
  const where = contextName(context);
  if (cleared !== undefined)
    return pass(`nginx sends no Server header in ${where}.`, [shownDirective(cleared)]);
  if (found === undefined) {
    const missing = unresolved(context);
    if (missing !== undefined || !isWhole)
      return unknown(
        `Nothing sets \`server_tokens\` in ${where}, and a part of the configuration is not in the project.`,
        fix,
        [missing === undefined ? shownContext(context) : shownDirective(missing)],
      );
    return fail(
      `nginx sends its version in ${where}: \`server_tokens\` is on by default.`,
      [shownContext(context)],
      fix,
    );
  }
  const [value = ''] = found.args;
  if (value === 'off' || value === '')
    return pass(`nginx sends no version in ${where}.`, [shownDirective(found)]);
  if (value === 'on' || value === 'build')
    return fail(`nginx sends its version in ${where}.`, [shownDirective(found)], fix);
  return unknown(`\`server_tokens\` is computed in ${where}.`, fix, [shownDirective(found)]);
}

/** Locations of a server mostly say the same as the server. */
function distinct(outcomes: readonly Outcome[]): readonly Outcome[] {
  const key = ({ verdict, evidence: [first] }: Outcome): string => `${verdict} ${first?.path} ${first?.line}`;
  return [...new Map([...outcomes].reverse().map((one) => [key(one), one])).values()].reverse();
}
