/**
 * Looks at where nginx forwards requests to: `proxy_pass` and its like, in each location.
 *
 * ## Why
 * If the request chooses the host, nginx is an open proxy into the internal network, and to the metadata of the cloud.
 *
 * ## Passes
 * Each goes to a fixed host, an upstream, or a variable that `set`, `map` or `upstream` of the project gives a fixed value.
 *
 * ## Fails
 * The host comes from the request (`$host`, `$http_...`, `$arg_...`, a part of the path), or is the metadata service of a cloud.
 *
 * ## Unknown
 * The host is another variable.
 *
 * ## How to fix
 * ```nginx
 * proxy_pass http://app:8000;
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { type NginxContext, nginxView } from '../../../files/nginx/nginx-view.ts';
import type { Directive } from '../../../files/nginx/parse-nginx.ts';
import { shownContext, shownDirective } from '../../../files/nginx/shown.ts';

const fix = 'Write the host out: `proxy_pass http://app:8000;`, or choose it by a `map` with fixed values.';
const metadata =
  /^(169\.254\.169\.254|\[?fd00:ec2::254\]?|metadata\.google\.internal|100\.100\.100\.200|169\.254\.170\.2)(:|$)/i;
const request =
  /\$(\{)?(host|http_\w+|arg_\w+|args|request_uri|uri|document_uri|cookie_\w+|query_string|[1-9])\b/;

export const check: Check = {
  id: 'server/nginx-proxy',
  aspect: 'server/hardening',
  title: 'nginx forwards requests to fixed hosts.',
  why: 'If the request chooses the host, nginx is an open proxy into the internal network.',
  weight: 'part',
  severity: 'high',
  cwe: [918, 441],
  asvs: ['13.2.5'],
  run: (subject) => {
    const outcomes = nginxView(subject).servers.flatMap(({ contexts }) =>
      contexts.flatMap((context) =>
        (context.levels.at(-1) ?? [])
          .filter(({ name }) => /^(proxy|grpc|uwsgi|fastcgi|scgi)_pass$/.test(name))
          .map((directive) => judge(directive, context)),
      ),
    );
    return outcomes.slice(0, 200);
  },
};

function judge(directive: Directive, context: NginxContext): Outcome {
  const [target = ''] = directive.args;
  const evidence = [shownContext(context), shownDirective(directive)];
  const host = resolved(hostOf(target), context);
  if (metadata.test(host))
    return fail(
      'nginx forwards requests to the metadata service of the cloud.',
      evidence,
      'Remove the location.',
    );
  if (!host.includes('$')) return pass('nginx forwards requests to a fixed host.', evidence);
  if (request.test(host))
    return fail('The request chooses the host that nginx forwards it to.', evidence, fix);
  return unknown('A variable chooses the host that nginx forwards requests to.', fix, evidence);
}

function hostOf(target: string): string {
  const rest = target.replace(/^[a-z]+:\/\//i, '');
  // Their value starts with a slash: `http://app$request_uri` has a fixed host.
  const [host = ''] = rest.split(/\/|(?<=.)\$\{?(?:request_uri|uri|document_uri)\b/, 1);
  return host;
}

/** Replaces a variable by the value of a `set` in the same or an outer block. */
function resolved(host: string, { levels }: NginxContext): string {
  return host.replace(/\$\{?(\w+)\}?/g, (all, name: string) => {
    const sets = levels.flat().filter((one) => one.name === 'set' && one.args[0] === `$${name}`);
    const [only] = sets;
    return sets.length === 1 && only?.args[1] !== undefined ? hostOf(only.args[1]) : all;
  });
}
