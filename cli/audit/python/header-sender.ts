import { nginxView } from '../files/nginx/nginx-view.ts';
import { isProductionPath } from '../subject/production-path.ts';
import type { Subject } from '../subject/subject.ts';
import { isForDevelopment } from './deployed-variables.ts';

const mostFiles = 5000;

/** A file of code, of a server's configuration or of a template that names a header, besides those that were judged: it may send it. */
export function headerSender(
  subject: Subject,
  header: RegExp,
  judged: ReadonlySet<string> = new Set(),
): string | undefined {
  const { paths, read } = subject;
  const others = header === policyHeader ? judgedFiles(subject) : new Set<string>();
  return paths
    .filter((path) => mayName.test(path) && isProductionPath(path) && !isForDevelopment(path))
    .filter((path) => !others.has(path) && !judged.has(path))
    .slice(0, mostFiles)
    .find((path) => header.test(read(path) ?? ''));
}

/**
 * Files of nginx whose directives stand in a server, by themselves or included: a check of nginx says what it sends, unless that is computed,
 * stands in an include that is not in the project, or goes with nothing that answers.
 */
function judgedFiles(subject: Subject): ReadonlySet<string> {
  const contexts = nginxView(subject).servers.flatMap((server) => server.contexts);
  const all = contexts.flatMap(({ levels }) => levels.flat());
  const isOpen = all.some(
    ({ name, args }) =>
      name === '(include)' || (policyHeader.test(args[0] ?? '') && args[1]?.includes('$') === true),
  );
  const isAnswering = all.some(({ name }) => /^(\w+_pass|root|try_files)$/.test(name));
  return new Set(isOpen || !isAnswering ? [] : all.map(({ path }) => path));
}

const mayName =
  /\.(py|conf|html?|jinja2?|j2|ya?ml|toml|tf|service)$|(^|\/)(Caddyfile|nginx[^/]*|_headers|vercel\.json|netlify\.toml|firebase\.json|\.htaccess)$/i;

export const policyHeader: RegExp = /content-security-policy(?!-report-only)/i;
export const corsHeader: RegExp = /access-control-allow-origin|cors-allow-origin/i;
