/**
 * Looks at the servers of nginx that answer with files: whether a location denies those whose names start with a dot.
 *
 * ## Why
 * `.git` and `.env` under the root of a server hand out the source and the secrets.
 *
 * ## Passes
 * A location such as `location ~ /\.` denies them.
 *
 * ## Fails
 * Nothing denies them, and a Dockerfile copies the whole project into the root.
 *
 * ## Unknown
 * Nothing denies them, and what is in the root isn't known.
 *
 * ## How to fix
 * ```nginx
 * location ~ /\.(?!well-known) {
 *     deny all;
 * }
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { effective, type NginxServer, nginxView } from '../../../files/nginx/nginx-view.ts';
import type { Directive } from '../../../files/nginx/parse-nginx.ts';
import { shownDirective } from '../../../files/nginx/shown.ts';
import type { Subject } from '../../../subject/subject.ts';

const fix = 'Add to the server:\nlocation ~ /\\.(?!well-known) {\n    deny all;\n}';

export const check: Check = {
  id: 'server/nginx-dot-files',
  aspect: 'server/hardening',
  title: 'nginx serves no files whose names start with a dot.',
  why: '`.git` and `.env` under the root hand out the source and the secrets.',
  severity: 'high',
  cwe: [538, 552],
  asvs: ['13.4.1'],
  run: (subject) => nginxView(subject).servers.flatMap((server) => judge(server, subject)),
};

function judge({ server, contexts }: NginxServer, subject: Subject): readonly Outcome[] {
  const roots = contexts.flatMap((context) => {
    const own = context.levels.at(-1) ?? [];
    const isHandedOn =
      own.some(({ name }) => /^(proxy|fastcgi|uwsgi|scgi|grpc)_pass$|^return$/.test(name)) &&
      !own.some(({ name }) => name === 'try_files');
    const alias = own.find(({ name }) => name === 'alias');
    const root = alias ?? effective(context, 'root');
    return isHandedOn || root === undefined || isForCertificates(context) ? [] : root;
  });
  const [first] = roots;
  if (first === undefined || (server.block ?? []).some(({ name }) => name === 'return')) return [];
  const denied = (server.block ?? []).find(deniesDots);
  if (denied !== undefined)
    return [
      pass('nginx denies files whose names start with a dot.', [
        shownDirective(server),
        shownDirective(denied),
      ]),
    ];
  const copied = wholeCopy(subject, roots);
  if (copied !== undefined)
    return [
      fail(
        'nginx serves files whose names start with a dot, and the whole project is copied into its root.',
        [...new Set(roots)].map(shownDirective).slice(0, 5).concat(copied),
        fix,
      ),
    ];
  return [
    unknown(
      'Nothing denies files whose names start with a dot; whether the root has any is not in the files.',
      fix,
      [shownDirective(server), shownDirective(first)],
    ),
  ];
}

/** `location /.well-known/acme-challenge/`: of the root, only this folder is served. */
function isForCertificates({ chain }: NginxServer['contexts'][number]): boolean {
  const location = chain.find(({ name }) => name === 'location');
  const address = location?.args.at(-1) ?? '';
  const isPattern = /^~\*?$/.test(location?.args[0] ?? '');
  return !isPattern && /^\/\.well-known(\/[\w-]+)*\/?$/.test(address);
}

function deniesDots({ name, args, block }: Directive): boolean {
  if (name !== 'location' || !/^~\*?$/.test(args[0] ?? '') || !matchesDots(args[1] ?? '')) return false;
  return (block ?? []).some(
    (one) =>
      (one.name === 'deny' && one.args[0] === 'all') ||
      (one.name === 'return' && /^4\d\d$/.test(one.args[0] ?? '')),
  );
}

/** Whether the pattern takes hidden files and folders at any depth. Tried on short paths, so that no pattern takes long. */
function matchesDots(pattern: string): boolean {
  try {
    const regex = new RegExp(pattern.slice(0, 200));
    return ['/.env', '/a/.git/b'].every((path) => regex.test(path)) && !regex.test('/a.b');
  } catch {
    return false;
  }
}

/** `COPY . /usr/share/nginx/html` of a Dockerfile without a `.dockerignore`. */
function wholeCopy(
  subject: Subject,
  roots: readonly Directive[],
): { text: string; path: string; line: number } | undefined {
  if (subject.read('.dockerignore') !== undefined) return undefined;
  for (const path of subject.paths.filter((one) => /(^|\/)Dockerfile[^/]*$/.test(one)).slice(0, 50)) {
    const lines = (subject.read(path) ?? '').split('\n');
    const at = lines.findIndex((line) => {
      const target = /^\s*(?:COPY|ADD)\s+\.\/?\s+(\S+)\s*$/i.exec(line)?.[1]?.replace(/\/+$/, '');
      return (
        target !== undefined &&
        target !== '' &&
        roots.some(({ args }) => (args[0] ?? '').replace(/\/+$/, '') === target)
      );
    });
    if (at >= 0) return { text: (lines[at] ?? '').trim(), path, line: at + 1 };
  }
  return undefined;
}
