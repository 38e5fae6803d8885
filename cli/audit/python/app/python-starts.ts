import type { Evidence } from '../../check/outcome.ts';
import { isProductionPath } from '../../subject/production-path.ts';
import type { Subject } from '../../subject/subject.ts';
import { isForDevelopment } from '../deployed-variables.ts';

/** How production starts a program: by Python itself, by a server such as gunicorn, or by what was not seen. */
export interface Start {
  readonly kind: 'python' | 'server' | 'unseen';
  readonly evidence: readonly Evidence[];
}

export const servers: RegExp =
  /\b(gunicorn|uwsgi|waitress(-serve)?|hypercorn|uvicorn|mod_wsgi|daphne|cheroot|bjoern)\b/;

/** How a file with `app.run()` is started. If nothing else is there to start it, Python does. */
export function pythonStarts(subject: Subject, path: string): Start {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const byPython = new RegExp(
    `python[\\d.]*["',\\s]+(-\\w+["',\\s]+)*[\\w./]*${name.replace(/\W/g, '\\$&')}|\\bflask["',\\s]+run\\b`,
  );
  let server: Evidence | undefined;
  for (const evidence of startLines(subject)) {
    if (byPython.test(evidence.text)) return { kind: 'python', evidence: [evidence] };
    if (servers.test(evidence.text)) server ??= evidence;
  }
  if (server) return { kind: 'server', evidence: [server] };
  return { kind: mentionsServer(subject) ? 'unseen' : 'python', evidence: [] };
}

/** Lines of Dockerfiles, compose files, units and scripts that may start a program. */
export function startLines({ paths, read }: Subject): readonly (Evidence & { readonly path: string })[] {
  return paths
    .filter(isStarter)
    .slice(0, 100)
    .flatMap((path) =>
      (read(path) ?? '')
        .slice(0, 100_000)
        .split('\n')
        .flatMap((line, index) =>
          starts.test(line) ? [{ path, line: index + 1, text: line.trim().slice(0, 160) }] : [],
        ),
    );
}

const starts =
  /^\s*(CMD|ENTRYPOINT|ExecStart|command|entrypoint|web|exec|python|flask|gunicorn|uvicorn|uwsgi|waitress|-)/i;

function isStarter(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const isKnown =
    /^(Dockerfile|Containerfile|Procfile)|\.(service|dockerfile)$|compose[\w.-]*\.ya?ml$|\.sh$|^(app|render)\.ya?ml$|^supervisord?\.conf$/i.test(
      name,
    );
  return isKnown && isProductionPath(path) && !isForDevelopment(path);
}

/** A server that is installed, or its configuration. */
function mentionsServer({ paths, read }: Subject): boolean {
  return paths.some(
    (path) =>
      /(^|\/)(uwsgi\.ini|gunicorn[\w.]*\.py|wsgi\.py|passenger_wsgi\.py|serverless\.ya?ml|zappa_settings\.json|vercel\.json|fly\.toml|app\.ya?ml)$/.test(
        path,
      ) ||
      (/(^|\/)([\w-]*requirements[\w./-]*\.txt|pyproject\.toml|Pipfile|setup\.py)$/.test(path) &&
        servers.test(read(path) ?? '')),
  );
}
