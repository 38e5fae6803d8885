import type { Linked } from '../link/linked.ts';
import { instOf, madeBy } from '../rule/made-by.ts';
import { isOfPackage } from '../rules/limits-login-attempts/made-limiter.ts';
import type { RouteCall } from './log-ins.ts';

/** A limiter that stands before all routes, or those below a path. */
interface Mount {
  readonly func: number;
  readonly value: number;
  readonly path: string;
}

const mounts = new WeakMap<Linked, readonly Mount[]>();
const forAll = /^(use|register|apply|add_middleware|useGlobalGuards|UseGuards)$/;

/** Why a route is limited by what stands before it: `app.use(limiter)`, `default_limits`. */
export function limitsBefore(linked: Linked, routes: readonly RouteCall[]): string | undefined {
  if (hasDefaultLimits(linked)) return 'a limit by default for all routes';
  const all = mountsOf(linked);
  const isCovered = ({ place, path }: RouteCall): boolean =>
    all.some(
      (mount) =>
        (mount.func !== place.func || mount.value < place.value) &&
        (mount.path === '/' ||
          (path !== undefined && (path === mount.path || path.startsWith(`${mount.path}/`)))),
    );
  return routes.length > 0 && routes.every(isCovered) ? 'a limiter stands before it' : undefined;
}

function mountsOf(linked: Linked): readonly Mount[] {
  let all = mounts.get(linked);
  if (!all) {
    const found: Mount[] = [];
    linked.program.instructions.each('call', (call, { id, func }, value) => {
      const callee = func.code[call.callee];
      if (callee?.op !== 'member' || !forAll.test(callee.name)) return;
      if (!call.args.some((arg) => isOfPackage(linked, { func: id, value: arg }))) return;
      const first = instOf(linked, madeBy(linked, { func: id, value: call.args[0] ?? -1 }));
      const path =
        first?.op === 'const' && typeof first.value === 'string'
          ? first.value.replace(/\/?\*?$/, '') || '/'
          : '/';
      found.push({ func: id, value, path });
    });
    all = found;
    mounts.set(linked, all);
  }
  return all;
}

/** Flask-Limiter's `Limiter(..., default_limits=[...])`. */
function hasDefaultLimits(linked: Linked): boolean {
  return linked.program.instructions.some(
    'call',
    ({ names }) => names?.some((name) => name === 'default_limits' || name === 'application_limits') ?? false,
  );
}

/** `INSTALLED_APPS = ['axes', ...]` with its middleware or backend, which count failures of all of Django's log-ins. */
export function limitsInSettings(linked: Linked): string | undefined {
  const texts = new Set<unknown>();
  linked.program.instructions.each('const', ({ value }) => {
    if (typeof value === 'string' && /^(axes|defender)(\.|$)/.test(value)) texts.add(value);
  });
  if (texts.has('axes') && [...texts].some((text) => /^axes\.(backends|middleware)\./.test(String(text))))
    return 'django-axes is in the settings';
  if (texts.has('defender') && [...texts].some((text) => /^defender\.middleware\./.test(String(text))))
    return 'django-defender is in the settings';
  return undefined;
}
