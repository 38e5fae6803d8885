/**
 * Looks at each `alias` of nginx in a location without a slash at its end.
 *
 * ## Why
 * With `location /static { alias /srv/static/; }` a request for `/static../settings.py` gets `/srv/static/../settings.py`.
 *
 * ## Passes
 * Wherever the alias ends with a slash, the location does too; or it is matched exactly, or by a regular expression.
 *
 * ## Fails
 * The alias ends with a slash and the location, a prefix, does not.
 *
 * ## Unknown
 * The alias or the location has a variable.
 *
 * ## How to fix
 * ```nginx
 * location /static/ {
 *     alias /srv/static/;
 * }
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { nginxView } from '../../../files/nginx/nginx-view.ts';
import type { Directive } from '../../../files/nginx/parse-nginx.ts';
import { shownDirective } from '../../../files/nginx/shown.ts';

const fix = 'End the location with a slash: `location /static/ { alias /srv/static/; }`.';

export const check: Check = {
  id: 'server/nginx-alias',
  aspect: 'server/hardening',
  title: 'No alias of nginx leads out of its folder.',
  why: 'A request for `/static../settings.py` gets a file outside of the folder.',
  weight: 'part',
  severity: 'high',
  cwe: [22],
  asvs: [],
  run: (subject) =>
    nginxView(subject).servers.flatMap(({ contexts }) =>
      contexts.flatMap(({ chain, levels }) => {
        const alias = levels.at(-1)?.find(({ name }) => name === 'alias');
        const location = chain.at(-1);
        return alias === undefined || location?.name !== 'location' ? [] : judge(location, alias);
      }),
    ),
};

function judge(location: Directive, alias: Directive): Outcome {
  const evidence = [shownDirective(location), shownDirective(alias)];
  const [first = '', second] = location.args;
  const isPrefix = second === undefined || first === '^~';
  const [target = ''] = alias.args;
  const prefix = second ?? first;
  if (!isPrefix)
    return pass('An alias of nginx belongs to an exact location or a regular expression.', evidence);
  if (target.includes('$'))
    return unknown('An alias of nginx has a variable.', 'Write the folder out.', evidence);
  if (target.endsWith('/') && !prefix.endsWith('/'))
    return fail('An alias of nginx leads out of its folder.', evidence, fix);
  return pass('An alias of nginx stays in its folder.', evidence);
}
