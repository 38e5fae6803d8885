/**
 * Looks at `add_header Content-Security-Policy` of nginx, if the configuration has one, in each place that forwards requests or answers
 * with pages. A block that has an `add_header` of its own inherits none (unless `add_header_inherit merge`, nginx 1.29.3, says so).
 *
 * ## Why
 * A policy that is lost in the location of the application protects nobody, although it stands in the file.
 *
 * ## Passes
 * The policy is sent wherever requests are forwarded or pages answered, and stops inline scripts. Locations of an API, and of files such
 * as styles and images, need none.
 *
 * ## Fails
 * The policy is lost in a location with an `add_header` of its own, or allows inline scripts or any host. The application behind nginx may
 * send one instead.
 *
 * ## Unknown
 * It only reports, and the application may send another; it is sent in some locations only; its value is computed; an include is not in
 * the project.
 *
 * ## How to fix
 * ```nginx
 * add_header Content-Security-Policy "default-src 'self'; object-src 'none'; base-uri 'none'" always;
 * ```
 * Repeat it in each location that has an `add_header` of its own.
 */
import type { Check } from '../../../check/check.ts';
import { absent, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { scriptWeakness } from '../../../csp/script-weakness.ts';
import { type NginxContext, nginxView, unresolved } from '../../../files/nginx/nginx-view.ts';
import { headerOf, headersOf } from '../../../files/nginx/response-headers.ts';
import { contextName, shownContext, shownDirective } from '../../../files/nginx/shown.ts';
import { directivesOf } from '../../../python/app/talisman-policy.ts';
import type { Subject } from '../../../subject/subject.ts';

const header = 'content-security-policy';
const fix =
  "Add to the server, and to each location that has an add_header of its own:\nadd_header Content-Security-Policy \"default-src 'self'; object-src 'none'; base-uri 'none'\" always;";

export const check: Check = {
  id: 'server/nginx-csp',
  aspect: 'csp/policy',
  title: 'nginx sends its policy with every page.',
  why: 'A script that was injected into a page runs.',
  severity: 'medium',
  cwe: [79, 1021],
  asvs: ['3.4.3'],
  run: (subject) => look(subject),
};

function look(subject: Subject): readonly Outcome[] {
  const contexts = nginxView(subject).servers.flatMap((server) =>
    server.contexts.filter((context, index) => sendsPages(context, index, server.contexts)),
  );
  const sent = contexts.flatMap((context) => headerOf(context, header) ?? []);
  const all = nginxView(subject).servers.flatMap((server) => server.contexts);
  const isAnywhere = all.some((context) => headerOf(context, header) !== undefined);
  if (!isAnywhere) return contexts.flatMap(reporting).slice(0, 5);
  const outcomes = contexts.map(judge);
  const worse = outcomes.filter(({ verdict }) => verdict !== 'pass');
  if (worse.length > 0 || outcomes.length === 0) return worse.slice(0, 20);
  return [
    pass(
      'nginx sends a policy that stops inline scripts with every page.',
      [...new Set(sent)].slice(0, 8).map(shownDirective),
    ),
  ];
}

const passes = /^(proxy|fastcgi|uwsgi|scgi|grpc)_pass$/;
/** What answers with data or with files that are no pages. */
const noPages =
  /(^|[/^(|])(api|graphql|health\w*|ready\w*|live\w*|metrics|ping|status|ws|websocket|socket\.io|static|assets?|css|js|img|images?|fonts?|dist|favicon|robots|_next)([/)$|.\\]|$)|\\?\.\(?[?:]*(css|js|png|jpe?g|gif|ico|svg|woff2?|webp)\b/i;

/** Whether a context forwards requests, or answers them with files that may be pages. */
function sendsPages({ chain, levels }: NginxContext, index: number, all: readonly NginxContext[]): boolean {
  const own = levels.at(-1) ?? [];
  const last = chain.at(-1);
  const args = last?.args.join(' ') ?? '';
  if (own.some(({ name }) => name === 'internal') || last?.name === 'if' || last?.name === 'limit_except')
    return false;
  if (last?.name === 'location' && noPages.test(args)) return false;
  if (own.some(({ name }) => passes.test(name))) return true;
  if (own.some(({ name }) => name === 'return' || name === 'deny')) return false;
  const isRoot = /^(\^~ |= )?\/$/.test(args);
  if (last?.name === 'location')
    return isRoot && levels.flat().some(({ name }) => /^(root|alias|try_files)$/.test(name));
  const hasRoot = all.some(
    ({ chain: other }) =>
      other.length === chain.length + 1 && /^(\^~ )?\/$/.test(other.at(-1)?.args.join(' ') ?? ''),
  );
  return index === 0 && !hasRoot && levels.flat().some(({ name }) => name === 'root');
}

function judge(context: NginxContext): Outcome {
  const where = contextName(context);
  const sent = headerOf(context, header);
  if (sent === undefined) return missing(context, where);
  const [, value = ''] = sent.args;
  const evidence = [shownDirective(sent)];
  if (value.includes('$')) return unknown(`The policy is computed in ${where}.`, fix, evidence);
  const directives = directivesOf(value, undefined);
  const weakness = directives && scriptWeakness(directives);
  return weakness === undefined
    ? pass(`nginx sends a policy in ${where}.`, evidence)
    : absent(`The policy in ${where} ${weakness}.`, evidence, fix);
}

function missing(context: NginxContext, where: string): Outcome {
  const include = unresolved(context);
  if (include !== undefined)
    return {
      ...unknown(`nginx sends no policy in ${where}, and an include is not in the project.`, fix, [
        shownDirective(include),
      ]),
      absent: 'perhaps',
    };
  const own = (context.levels.at(-1) ?? []).find(({ name }) => name === 'add_header');
  const outer = context.levels.slice(0, -1).flat();
  const lost = outer.find(({ name, args }) => name === 'add_header' && args[0]?.toLowerCase() === header);
  if (own !== undefined && lost !== undefined)
    return absent(
      `nginx loses its policy in ${where}, which has an add_header of its own.`,
      [shownDirective(own), shownDirective(lost)],
      fix,
    );
  const summary = `nginx sends a policy elsewhere, and none in ${where}; the application behind it may.`;
  return { ...unknown(summary, fix, [shownContext(context)]), absent: true };
}

/** A policy that only reports, and that nothing in nginx goes with. */
function reporting(context: NginxContext): readonly Outcome[] {
  const found = headersOf(context).find(({ args }) => args[0]?.toLowerCase() === `${header}-report-only`);
  if (found === undefined) return [];
  const summary = `The policy only reports in ${contextName(context)}; the application behind nginx may send another.`;
  return [{ ...unknown(summary, fix, [shownDirective(found)]), absent: true }];
}
