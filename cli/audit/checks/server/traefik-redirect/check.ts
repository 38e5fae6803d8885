/**
 * Looks at Traefik in compose files: the entry point for http in its command, and the routers in labels.
 *
 * ## Why
 * A page over http can be read and changed by anyone on the path, and sends session cookies that are not Secure.
 *
 * ## Passes
 * The entry point on port 80 redirects all requests with https; or each router on it has a middleware `redirectscheme` with
 * `scheme=https`.
 *
 * ## Fails
 * A router answers on the entry point for http, and nothing redirects it.
 *
 * ## Unknown
 * No entry point has port 80, or files that are not read configure Traefik too.
 *
 * ## How to fix
 * ```yaml
 * command:
 *   - --entrypoints.web.http.redirections.entrypoint.to=websecure
 *   - --entrypoints.web.http.redirections.entrypoint.scheme=https
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import {
  type EntryPoint,
  type Router,
  type TraefikView,
  traefikView,
} from '../../../files/traefik/traefik-view.ts';

const fix =
  'Add to the command of Traefik: `--entrypoints.web.http.redirections.entrypoint.to=websecure` and `--entrypoints.web.http.redirections.entrypoint.scheme=https`.';

export const check: Check = {
  id: 'server/traefik-redirect',
  aspect: 'https/redirect',
  title: 'Traefik redirects requests over http to https.',
  why: 'A page over http can be read and changed in transit.',
  severity: 'medium',
  cwe: [319],
  asvs: ['12.2.1'],
  run(subject) {
    const view = traefikView(subject);
    return view === undefined ? [] : [look(view)];
  },
};

function look(view: TraefikView): Outcome {
  const plain = view.entryPoints.filter(({ port, name }) => port === 80 || (port === 8000 && name === 'web'));
  const [first] = plain;
  if (first === undefined)
    return left('No entry point of Traefik for port 80 is in its command.', view.entryPoints, view);
  const open = plain.filter(({ redirect }) => redirect === undefined);
  if (open.length === 0)
    return pass(
      'Traefik redirects requests over http to https.',
      plain.flatMap(({ redirect }) => redirect ?? []),
    );
  const routers = view.routers.filter(({ entryPoints }) =>
    open.some(({ name }) => entryPoints.length === 0 || entryPoints.includes(name)),
  );
  const bare = routers.filter((router) => !redirects(router, view));
  const [worst] = bare;
  if (worst !== undefined && view.other === undefined)
    return fail(
      `Traefik answers over http: nothing redirects the router \`${worst.name}\`.`,
      [...bare.map(({ evidence }) => evidence), ...open.map(({ evidence }) => evidence)],
      fix,
    );
  if (routers.length > 0 && bare.length === 0)
    return pass(
      'Each router of Traefik on http redirects to https.',
      routers.map(({ evidence }) => evidence),
    );
  return left(
    'Nothing in the command of Traefik redirects to https, and what answers there was not seen.',
    open,
    view,
  );
}

function redirects({ middlewares }: Router, view: TraefikView): boolean {
  return middlewares.some((name) => view.middleware(name)?.get('redirectscheme.scheme')?.value === 'https');
}

function left(summary: string, points: readonly EntryPoint[], { other }: TraefikView): Outcome {
  const evidence = [...points.map((one) => one.evidence), ...(other ? [other] : [])];
  return { ...unknown(summary, fix, evidence), absent: 'perhaps' };
}
