import { type Diagnosis, ok, unknown, wrong } from '../diagnosis.ts';
import { bulwarkImports, type CodeProject, placeOf } from './code-project.ts';
import { type App, type AppCall, findApps } from './find-apps.ts';

/** Diagnoses whether `bulwark()` is called before every route, and the error handler added after them. */
export function diagnoseOrder(project: CodeProject): readonly Diagnosis[] {
  const apps = project.modules.flatMap(findApps);
  return [setup(project), early(apps), errors(project, apps)];
}

const adapter = /^bulwark\/(?:express|node|web|fastify|hono|koa|nest|next)(?:\/|$)/;
const starts = /^(?:bulwark|BulwarkModule|proxy|withBulwark|page|action)$/;

function setup({ modules }: CodeProject): Diagnosis {
  const id = 'code/setup';
  const using = modules.filter((module) => bulwarkImports(module).length > 0);
  if (using.length === 0) {
    return unknown(
      id,
      'No file imports bulwark.',
      [],
      ['Name the folder of the application, or run `bulwark init` there.'],
    );
  }
  const imported = using.flatMap((module) =>
    module.imports
      .filter(({ from, name }) => adapter.test(from) && (starts.test(name) || name === '*'))
      .map((each) => ({ module, ...each })),
  );
  if (imported.length === 0) {
    return unknown(
      id,
      'Files import guards of bulwark, and none imports the start of an adapter.',
      using.map(({ path }) => path),
      ["import { bulwark } from 'bulwark/express'; app.use(bulwark());"],
    );
  }
  const isUsed = imported.some(({ module, local }) => module.uses.some((use) => use.name === local));
  const places = imported.map(({ module, line, from }) => `${placeOf(module, line)}: ${from}`);
  if (isUsed) return ok(id, 'The application calls bulwark().', places);
  return wrong(id, 'bulwark is imported, and never called.', {
    evidence: places,
    why: 'No request is protected.',
    fix: ['app.use(bulwark());'],
  });
}

const routes = /^(?:get|post|put|patch|delete|del|all|head|options|use|route|mount|on)$/;
/** Health checks, which are often placed before all middleware on purpose. */
const health = /^\/(?:health|healthz|live|livez|ready|readyz|ping|status|metrics|up)\b/i;

function isRoute({ method, path, takes, arguments: count }: AppCall): boolean {
  if (takes !== 'other' || !routes.test(method) || (path !== undefined && health.test(path))) return false;
  // `app.get('view engine')` reads a setting.
  return method === 'use' || method === 'route' || count > 1;
}

function early(apps: readonly App[]): Diagnosis {
  const id = 'code/order';
  if (apps.length === 0)
    return unknown(id, 'No Express, Hono or Koa application that uses bulwark() was found.');
  const found = apps.flatMap(({ name, module, calls }) => {
    const first = calls.findIndex(({ takes }) => takes === 'bulwark');
    return calls
      .slice(0, first)
      .filter(isRoute)
      .map(
        (call) => `${placeOf(module, call.line)}: ${shown(name, call)} comes before ${name}.use(bulwark())`,
      );
  });
  if (found.length === 0) return ok(id, 'bulwark() comes before every route.', apps.map(placeOfApp));
  return wrong(id, 'A route comes before bulwark().', {
    evidence: found,
    why: 'Its responses have no security headers, and no guard runs before it.',
    fix: [...new Set(apps.map(({ name }) => `${name}.use(bulwark()); // the first call on ${name}`))],
  });
}

function errors({ modules }: CodeProject, apps: readonly App[]): Diagnosis {
  const id = 'code/errors';
  const checked = apps.filter(({ framework }) => framework !== 'Koa');
  if (checked.length === 0)
    return unknown(id, 'No Express or Hono application that uses bulwark() was found.');
  const isElsewhere = modules.some((module) =>
    bulwarkImports(module).some(({ name }) => name === 'bulwarkErrors'),
  );
  const faults = checked.flatMap((app) => errorFaults(app, isElsewhere));
  if (faults.length === 0) return ok(id, 'bulwarkErrors() comes after every route.', checked.map(placeOfApp));
  return wrong(id, 'bulwarkErrors() is missing, or a route comes after it.', {
    evidence: faults.map(({ seen }) => seen),
    why: 'Refusals are answered with 500, and the framework may send the stack to the client (CWE-209).',
    fix: [...new Set(faults.map(({ fix }) => fix))],
  });
}

function errorFaults(app: App, isElsewhere: boolean): { readonly seen: string; readonly fix: string }[] {
  const { framework, name, module, calls } = app;
  const last = calls.findLastIndex(({ takes }) => takes === 'bulwarkErrors');
  const isHono = framework === 'Hono';
  const fix = isHono
    ? `${name}.onError(bulwarkErrors());`
    : `${name}.use(bulwarkErrors()); // the last call on ${name}`;
  if (last === -1)
    return isElsewhere ? [] : [{ seen: `${placeOfApp(app)}: ${name} has no bulwarkErrors()`, fix }];
  if (isHono) return [];
  return calls
    .slice(last + 1)
    .filter(isRoute)
    .map((call) => ({
      seen: `${placeOf(module, call.line)}: ${shown(name, call)} comes after bulwarkErrors()`,
      fix,
    }));
}

function shown(name: string, { method, path }: AppCall): string {
  return `${name}.${method}(${path === undefined ? '...' : `'${path}', ...`})`;
}

function placeOfApp({ module, calls }: App): string {
  return placeOf(module, calls.find(({ takes }) => takes === 'bulwark')?.line ?? 1);
}
