import { nginxView } from '../files/nginx/nginx-view.ts';
import { isProductionPath } from '../subject/production-path.ts';
import type { Subject } from '../subject/subject.ts';
import { isForDevelopment } from './deployed-variables.ts';

const mostFiles = 5000;

/** A file of code, of a server's configuration or of a template that names a header: it may send it. */
export function headerSender(subject: Subject, header: RegExp): string | undefined {
  const { paths, read } = subject;
  // Checks of nginx look at what it sends.
  const others = new Set(header === policyHeader ? nginxView(subject).files : []);
  return paths
    .filter((path) => mayName.test(path) && isProductionPath(path) && !isForDevelopment(path))
    .filter((path) => !others.has(path))
    .slice(0, mostFiles)
    .find((path) => header.test(read(path) ?? ''));
}

const mayName =
  /\.(py|conf|html?|jinja2?|j2|ya?ml|toml|tf|service)$|(^|\/)(Caddyfile|nginx[^/]*|_headers|vercel\.json|netlify\.toml|firebase\.json|\.htaccess)$/i;

export const policyHeader: RegExp = /content-security-policy(?!-report-only)/i;
export const corsHeader: RegExp = /access-control-allow-origin|cors-allow-origin/i;
