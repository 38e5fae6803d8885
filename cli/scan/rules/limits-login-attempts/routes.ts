import { constText } from '../../dataflow/domain/abstract.ts';
import { writtenName } from '../../dataflow/query/written-name.ts';
import type { Call, Func, ValueId } from '../../ir/ir.ts';
import { localNames } from '../../ir/local-names.ts';
import { memoized } from '../../ir/memoized.ts';
import { isOfType } from '../../models/state-traits.ts';
import { argument, argumentId, isA, type Use } from '../kit/use.ts';
import { hasImport } from '../kit/value/imports-of.ts';
import { mountsOf } from './mounted-routers.ts';
import { chainOf } from './route-chain.ts';

/** A path that a program serves, and its handlers. */
export interface Route {
  readonly path: string;
  readonly handlers: readonly number[];
  /** The view classes whose methods handle the path. */
  readonly classes: readonly number[];
  /**
   * Whether the route certainly checks a password: it leads to a library's view, such as Django's `LoginView`, or to a
   * `verify_password` callback of Flask-HTTPAuth.
   */
  readonly isReady?: true;
}

/** Matches the names of functions that register a route. */
export const routeNames: RegExp =
  /^(post|route|all|put|Post|add_url_rule|add_resource|path|re_path|verify_password)$/;

const routers = [
  'express.Application',
  'express.Route',
  'fastify.Instance',
  'koa.Router',
  'hono.App',
  'flask.Flask',
  'fastapi.App',
];

export function routeOf(use: Use, call: Call): Route | undefined {
  const callee = use.frame.inst(call.callee);
  if (callee.op === 'import') {
    if (callee.name === 'Post' && callee.specifier === '@nestjs/common')
      return route(use, call, handed(use, call));
    return /^(path|re_path)$/.test(callee.name) && /^django\.urls(\.conf)?$/.test(callee.specifier)
      ? (readyMade(use, call) ?? route(use, call, valueAt(use, call, 1, 'view')))
      : undefined;
  }
  if (callee.op !== 'member') return undefined;
  switch (callee.name) {
    case 'post':
    case 'route':
    case 'all':
    case 'put':
      return isA(use, callee.object, ...routers, 'flask_restx.Api')
        ? route(use, call, handed(use, call))
        : undefined;
    case 'add_url_rule':
      return isA(use, callee.object, 'flask.Flask')
        ? route(use, call, valueAt(use, call, 2, 'view_func'))
        : undefined;
    // Flask-HTTPAuth, which requires a password on each route.
    case 'verify_password':
      return call.isDecorator && hasImport(use.frame.linked, /^flask_httpauth$/)
        ? {
            path: callee.name,
            classes: [],
            handlers: call.args.flatMap((value) => use.frame.linked.functions(use.frame.id, value)),
            isReady: true,
          }
        : undefined;
    // Only Flask-RESTful's `Api` has this method: `api.add_resource(Login, '/login', '/sign-in')`
    case 'add_resource':
      return route(use, call, valueAt(use, call, 0, 'resource'), 1);
    default:
      return undefined;
  }
}

/** The maximum number of paths of one resource. */
const maxPaths = 8;

function route(use: Use, call: Call, values: readonly ValueId[], first = 0): Route | undefined {
  const count = first === 0 ? 1 : Math.min(call.args.length - first, maxPaths);
  const named = chainOf(use, call).at(-1) ?? call;
  const paths = Array.from({ length: count }, (_, i) => constText(argument(use, named, first + i)));
  const path =
    paths.find((one) => one !== undefined && isLogin.test(one)) ??
    (paths[0] === '/' ? (loginRouter(use, named) ?? mountedRouter(use, named)) : undefined);
  if (path === undefined) return undefined;
  const { linked, id } = use.frame;
  const classes = values.flatMap((value) => classesOf(use, value));
  const methods = classes.flatMap((one) =>
    ['post', 'put', 'form_valid'].map((name) => linked.methodOf(one, name)),
  );
  return {
    path,
    classes,
    handlers: [
      ...values.flatMap((value) => (classesOf(use, value).length > 0 ? [] : linked.functions(id, value))),
      ...methods.filter((one) => one !== undefined),
    ],
  };
}

/** URL modules of libraries with a route that checks a password. */
const readyRoutes =
  /^(?:django\.contrib\.auth|dj_rest_auth|rest_framework|djoser\.urls\.(?:jwt|authtoken))(?:\.urls)?$/;

/** `path('login/', LoginView.as_view())`, also of a subclass, and `path('accounts/', include('django.contrib.auth.urls'))` */
function readyMade(use: Use, call: Call): Route | undefined {
  const [value] = valueAt(use, call, 1, 'view');
  if (value === undefined) return undefined;
  const view = use.frame.inst(value);
  const callee = view.op === 'call' ? use.frame.inst(view.callee) : undefined;
  const path = constText(argument(use, call, 0)) ?? '';
  if (view.op === 'call' && callee?.op === 'import' && callee.name === 'include') {
    const routes = constText(argument(use, view, 0));
    return routes !== undefined && readyRoutes.test(routes)
      ? { path, classes: [], handlers: [], isReady: true }
      : undefined;
  }
  const made = callee?.op === 'member' && callee.name === 'as_view' ? callee.object : value;
  const { linked, id } = use.frame;
  const isHeir = linked.classes(id, made).some((one) => isOfType(linked.inherited(one), 'use.LoginView'));
  if (!isHeir && !isA(use, made, 'use.LoginView')) return undefined;
  return { path, classes: classesOf(use, value), handlers: [], isReady: true };
}

/** `login.post('/', ...)`: the router is most likely mounted at a path like its name. */
function loginRouter({ frame }: Use, { callee }: Call): string | undefined {
  const inst = frame.inst(callee);
  if (inst.op !== 'member') return undefined;
  return [writtenName(frame, inst.object), ...localNames(frame.func, inst.object)]
    .map((name) => name.replace(/(?:Router|Routes?|App|Api)$/, ''))
    .find((name) => isLogin.test(name));
}

/** The log-in path where another file mounts a router. The router's own name doesn't say so. */
function mountedRouter({ frame }: Use, { callee }: Call): string | undefined {
  const inst = frame.inst(callee);
  if (inst.op !== 'member') return undefined;
  return mountsOf(frame.linked, { func: frame.id, value: inst.object }).find((path) => isLogin.test(path));
}

const isLogin =
  /(^|[/_-])(log-?in|sign-?in|authenticate|auth|session|sessions|token|otp|2fa|mfa|verify|password)([/_-]|$)/i;

/** The classes that a route is for: passed directly, decorated or not, or through `as_view()`. */
function classesOf({ frame }: Use, value: ValueId): readonly number[] {
  const inst = frame.inst(value);
  const callee = inst.op === 'call' ? frame.inst(inst.callee) : undefined;
  return frame.linked.classes(
    frame.id,
    callee?.op === 'member' && callee.name === 'as_view' ? callee.object : value,
  );
}

function valueAt(use: Use, call: Call, position: number, name: string): readonly ValueId[] {
  const value = argumentId(use, call, position, name);
  return value === undefined ? [] : [value];
}

/** The arguments of a call that registers a route, or the function that its decorator is applied to. */
function handed({ frame, value }: Use, call: Call): readonly ValueId[] {
  const isPassed = call.args.some((arg) => frame.linked.functions(frame.id, arg).length > 0);
  return isPassed ? call.args : (decorationsOf(frame.func).get(value) ?? []);
}

/** What each decorator in a function's code is applied to. */
const decorationsOf = memoized((func: Func): ReadonlyMap<ValueId, readonly ValueId[]> => {
  const made = new Map<ValueId, ValueId[]>();
  for (const inst of func.code)
    if (inst.op === 'call' && inst.isDecorator)
      made.set(inst.callee, [...(made.get(inst.callee) ?? []), ...inst.args]);
  return made;
});
