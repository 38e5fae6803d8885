import type { CodeView } from '../../../../scan/code-view.ts';
import type { Evidence } from '../../../check/outcome.ts';
import { isProductionPath } from '../../../subject/production-path.ts';
import type { Subject } from '../../../subject/subject.ts';

/** Their routes log nobody in, or are known to the list of log-ins: Django's, and those of its REST framework. */
const known =
  /^(django|rest_framework|drf_spectacular|drf_yasg|debug_toolbar|django_prometheus|health_check|django_browser_reload|silk|strawberry|graphene_django|ariadne|ninja|starlette|fastapi|flask|flask_restx|flask_restful|flask_smorest|flask_debugtoolbar|prometheus_client|prometheus_flask_exporter|starlette_exporter|prometheus_fastapi_instrumentator|a2wsgi|asgiref|werkzeug|tornado|aiohttp|functools|requests|urllib3|httpx|niquests|express|fastify|hono|koa|koa-.*|@koa\/(?!.*auth).*|@fastify\/(?!.*auth).*|@hono\/(?!.*auth).*|serve-static|sirv|http-proxy|serve-index|serve-favicon|swagger-ui-express|@scalar\/.*|redoc-express|express-(rate-limit|jwt|oauth2-jwt-bearer|openid-connect|slow-down|session|validator|async-handler|openapi-validator|prom-bundle|status-monitor|winston|mongo-sanitize|fileupload|http-proxy)|http-proxy-middleware|body-parser|cookie-parser|cookie-session|csurf|csrf-csrf|lusca|cors|helmet|compression|multer|hpp|morgan|pino-http|connect-.*|method-override|response-time|prom-client|@bull-board\/.*|graphql-http|graphql-yoga|express-graphql|@apollo\/server|apollo-server-.*|@as-integrations\/.*|@trpc\/server|@sentry\/.*|@opentelemetry\/.*|inngest|stripe|node:.*|path|bulwark|@nestjs\/.*|vite|next|ws|socket\.io|rate-limiter-flexible|mercurius|peer)$/;

/** What a package is called that logs users in; clients of clouds and readers of tokens are called so too, and check no password. */
const named = /(^|[-_/@])(sso|auth|authn|log-?in|sign-?in|accounts?|identity|saml|oidc)([-_/]|$)/i;
const others = /google|octokit|azure|aws|jwt|jose|bearer|openid-connect|firebase|^@fastify\/auth$/i;

const mostFiles = 2000;
const mostFound = 10;

/** Routes that a package brings which is not in the project: a log-in may be among them. */
export function foreignRoutes(subject: Subject, { imports }: CodeView): readonly Evidence[] {
  const byPath = new Map<string, Set<string>>();
  for (const { path, package: name } of imports) {
    if (known.test(name) || name.startsWith('@/') || !isProductionPath(path)) continue;
    byPath.set(path, (byPath.get(path) ?? new Set()).add(name));
  }
  const used = [...byPath].slice(0, mostFiles).flatMap(([path, packages]) => {
    const text = subject.read(path) ?? '';
    return path.endsWith('.py') ? inPython(text, path, packages) : inNode(text, path, packages);
  });
  const dotted = subject.paths
    .filter((path) => path.endsWith('.py') && isProductionPath(path))
    .slice(0, mostFiles)
    .flatMap((path) => inUrlConf(subject, path));
  const called = imports
    .filter(
      ({ package: name, path }) => named.test(name) && !others.test(name) && byPath.get(path)?.has(name),
    )
    .map(({ package: name, path, line }) => ({ text: `\`${name}\` may log users in`, path, line }));
  return distinct([...used, ...dotted, ...called]).slice(0, mostFound);
}

function distinct(all: readonly Evidence[]): readonly Evidence[] {
  return [...new Map(all.map((one) => [`${one.path} ${one.line}`, one])).values()];
}

/** Where Python takes in the routes of a module or the view of a path. */
const pythonMounts =
  /\b(?:register_blueprint|include_router|include|mount|add_resource|add_url_rule|(?:re_)?path|url)\s*\(\s*([^\n]{1,300})/g;

/** `(r"/enter", doors.Enter)` */
const tornadoRoutes = /\(\s*r?["']\/[^"'\n]{0,200}["']\s*,\s*([A-Za-z_][\w.]{0,100})/g;

function inPython(text: string, path: string, packages: ReadonlySet<string>): readonly Evidence[] {
  const names = pythonNames(text, packages);
  if (names.size === 0) return [];
  const handlers = /\btornado\b/.test(text) ? [...text.matchAll(tornadoRoutes)] : [];
  return [...text.matchAll(pythonMounts), ...handlers].flatMap(({ index, 1: given = '' }) => {
    const args = given.replace(/(['"])(?:(?!\1).)*\1/g, '""');
    const name = args.match(/[A-Za-z_]\w*/g)?.find((one) => names.has(one));
    return name === undefined || isComment(text, index, '#')
      ? []
      : [evidenceAt(text, path, index, names.get(name))];
  });
}

function pythonNames(text: string, packages: ReadonlySet<string>): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const isOf = (module: string): boolean => packages.has(module.split('.', 1)[0] ?? '');
  for (const [, module = '', list = ''] of text.matchAll(
    /^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]{0,4000}\)|[^\n]{1,1000})/gm,
  )) {
    if (!isOf(module)) continue;
    for (const part of list.replace(/#[^\n]*/g, '').split(/[(),\n]/)) {
      const name =
        part
          .trim()
          .split(/\s+as\s+/)
          .at(-1) ?? '';
      if (/^\w+$/.test(name)) names.set(name, module);
    }
  }
  for (const [, list = ''] of text.matchAll(/^[ \t]*import[ \t]+([\w. \t,]{1,500})/gm)) {
    for (const part of list.split(',')) {
      const [module = '', name] = part.trim().split(/\s+as\s+/);
      if (isOf(module)) names.set(name ?? module.split('.', 1)[0] ?? '', module);
    }
  }
  return names;
}

/** `include('acme.urls')`, of a module that is not in the project. */
function inUrlConf({ read, paths }: Subject, path: string): readonly Evidence[] {
  const text = read(path) ?? '';
  if (!/\binclude\s*\(/.test(text)) return [];
  return [...text.matchAll(/\binclude\s*\(\s*\(?\s*['"]([\w.]{1,200})['"]/g)].flatMap(
    ({ index, 1: module = '' }) => {
      const top = module.split('.', 1)[0] ?? '';
      const file = module.replaceAll('.', '/');
      const isOwn = paths.some((one) => one.endsWith(`${file}.py`) || one.endsWith(`${file}/__init__.py`));
      return isOwn || known.test(top) || isComment(text, index, '#')
        ? []
        : [evidenceAt(text, path, index, module)];
    },
  );
}

/** `app.use('/sso', acme.router)`, `app.route('/sso', acme)`, `app.register(acme, { prefix: '/sso' })`, and routers without a path. */
const nodeMounts =
  /\.\s*(?:use|route|mount|register)\s*\(\s*(['"`][^'"`\n]{0,200}['"`]\s*,\s*)?([^\n]{1,300})/g;

function inNode(text: string, path: string, packages: ReadonlySet<string>): readonly Evidence[] {
  const names = nodeNames(text, packages);
  if (names.size === 0) return [];
  return [...text.matchAll(nodeMounts)].flatMap(({ index, 1: prefix, 2: given = '' }) => {
    const args = given.replace(/(['"`])(?:(?!\1).)*\1/g, '""');
    const routes = routesIn(
      args,
      /register\s*\($/.test(text.slice(index, index + 40).match(/^[^(]*\(/)?.[0] ?? ''),
    );
    const name = routes.match(/[A-Za-z_$][\w$]*/g)?.find((one) => names.has(one));
    const hasPath = prefix !== undefined || /\bprefix\s*:/.test(args);
    const isRouter = hasPath || /rout(er|es)|\bauth(?!or)|sso|log-?in|account/i.test(args);
    return name === undefined || !isRouter || isComment(text, index, '//')
      ? []
      : [evidenceAt(text, path, index, names.get(name))];
  });
}

/** Middleware comes first, and what has the routes last; a plugin comes before its options. */
function routesIn(args: string, isPlugin: boolean): string {
  const parts = [''];
  let depth = 0;
  for (const char of args) {
    if ('([{'.includes(char)) depth++;
    if (')]}'.includes(char) && --depth < 0) return parts.at(isPlugin ? 0 : -1) ?? '';
    if (char === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return args;
}

function nodeNames(text: string, packages: ReadonlySet<string>): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const patterns = [
    /\bimport\s+(?!type\b)([^'";]{1,1000}?)\s+from\s+['"]([^'"\n]{1,200})['"]/g,
    /\b(?:const|let|var)\s+([^=;]{1,1000}?)\s*=\s*(?:await\s+import|require)\(\s*['"]([^'"\n]{1,200})['"]\s*\)/g,
  ];
  for (const [, list = '', from = ''] of patterns.flatMap((one) => [...text.matchAll(one)])) {
    const name = from.split('/', from.startsWith('@') ? 2 : 1).join('/');
    if (!packages.has(name)) continue;
    for (const part of list.split(/[{},]/)) {
      const local =
        part
          .trim()
          .split(/\s+as\s+|\s*:\s*/)
          .at(-1) ?? '';
      if (/^[\w$]+$/.test(local)) names.set(local, name);
    }
  }
  return names;
}

function isComment(text: string, at: number, mark: string): boolean {
  return text
    .slice(text.lastIndexOf('\n', at) + 1, at)
    .trimStart()
    .startsWith(mark);
}

function evidenceAt(text: string, path: string, at: number, from: string | undefined): Evidence {
  const line = text.slice(0, at).split('\n').length;
  return { text: `routes of \`${from ?? ''}\`, which is not in the project`, path, line };
}
