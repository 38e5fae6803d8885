/**
 * Looks at Traefik in compose files: whether each router that answers over https has a middleware with `headers.stsSeconds`, by itself or
 * by its entry point.
 *
 * ## Why
 * Without `Strict-Transport-Security` a browser starts with http when somebody types the name, and anyone on the path keeps it there.
 *
 * ## Passes
 * Each router has one with at least 15552000 seconds (180 days).
 *
 * ## Fails
 * It is less.
 *
 * ## Unknown
 * A router has none, and the application behind it may send the header; or a file that is not read makes its middleware.
 *
 * ## How to fix
 * ```yaml
 * labels:
 *   - traefik.http.middlewares.hsts.headers.stsSeconds=31536000
 *   - traefik.http.routers.shop.middlewares=hsts
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { type Router, type TraefikView, traefikView } from '../../../files/traefik/traefik-view.ts';

const fix =
  'Give each router a middleware with `headers.stsSeconds=31536000`, or one to the entry point: `--entrypoints.websecure.http.middlewares=hsts@docker`.';
const leastAge = 15_552_000;

export const check: Check = {
  id: 'server/traefik-hsts',
  aspect: 'https/hsts',
  title: 'Traefik sends Strict-Transport-Security for each of its routers.',
  why: 'Without the header a browser starts with http, and anyone on the path keeps it there.',
  severity: 'medium',
  cwe: [319],
  asvs: ['3.4.1'],
  run(subject) {
    const view = traefikView(subject);
    return view === undefined ? [] : view.routers.flatMap((router) => look(router, view)).slice(0, 50);
  },
};

function look(router: Router, view: TraefikView): readonly Outcome[] {
  const points = view.entryPoints.filter(
    ({ name }) => router.entryPoints.length === 0 || router.entryPoints.includes(name),
  );
  // Browsers ignore the header over http.
  if (points.length > 0 && points.every(({ port }) => port === 80)) return [];
  const secure = points.filter(({ port }) => port !== 80);
  const [first] = secure;
  const shared = (first?.middlewares ?? []).filter((name) =>
    secure.every(({ middlewares }) => middlewares.includes(name)),
  );
  const names = [...router.middlewares, ...shared];
  const found = names.flatMap((name) => view.middleware(name)?.get('headers.stsseconds') ?? []);
  const [sent] = found;
  const shown = `the router \`${router.name}\``;
  if (sent !== undefined) {
    const evidence = [sent.evidence, router.evidence];
    if (!/^\d+$/.test(sent.value))
      return [unknown(`The age of HSTS is computed for ${shown}.`, fix, evidence)];
    return [
      Number(sent.value) >= leastAge
        ? pass(`Traefik sends Strict-Transport-Security for ${shown}.`, evidence)
        : fail(`Strict-Transport-Security holds for less than 180 days for ${shown}.`, evidence, fix),
    ];
  }
  const hidden = names.some((name) => view.middleware(name) === undefined) || view.other !== undefined;
  const summary = `Traefik sends no Strict-Transport-Security for ${shown}; the application behind it may.`;
  return [{ ...unknown(summary, fix, [router.evidence]), absent: hidden ? 'perhaps' : true }];
}
