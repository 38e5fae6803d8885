import type { Linked } from '../../callgraph/linked.ts';
import type { FuncInfo } from '../../callgraph/program.ts';
import { instOf, madeBy } from '../../callgraph/query/made-by.ts';
import type { LogIn } from '../../code-view.ts';
import type { Call, Inst, Module, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { isOfType } from '../../models/state-traits.ts';
import { placeOf } from '../../report/findings.ts';
import { checksPassword, passwordChecksIn } from '../../rules/kit/sensitive/password-check.ts';
import { calledBy, countsAttempts } from '../../rules/limits-login-attempts/counted-attempts.ts';
import { limitedIn } from '../../rules/limits-login-attempts/decorated.ts';
import { isLimitedClass, isLimiter, isLimiting } from '../../rules/limits-login-attempts/limiters.ts';
import { isOfPackage } from '../../rules/limits-login-attempts/made-limiter.ts';
import { nestLimit, nestRoute } from '../route/nest-routes.ts';
import { argsBefore, type RouteCall, routesOf, waysTo } from '../route/route-calls.ts';
import { eachCall, isAside, type SiteSearch } from '../site-search.ts';
import { askedPasswords } from './asked-passwords.ts';
import { failureReceiver } from './failure-receiver.ts';
import {
  limitInOptions,
  limitsBefore,
  limitsInSettings,
  mayLimitItself,
  mayLimitPages,
} from './limiters-of-program.ts';
import { logsFailure } from './logs-failure.ts';
import { hasOwnLimiters, limitsBeforeCheck, saysSomeTooMany } from './own-limiters.ts';
import { hasOwnLimiter, isWrapped } from './own-limiters-at-route.ts';

/** Finds every route handler that checks a password, and every ready-made log-in of a library. */
export function logInsOf(search: SiteSearch): LogIn[] {
  const { linked } = search.frames;
  const found: LogIn[] = [];
  for (const info of linked.program.functions) {
    if (info.func.outer < 0 || isAside(search.frames, info) || !checksPassword(linked, info.id)) continue;
    if (isHandler(linked, info.id)) found.push(...ofWrapped(linked, info));
    else if (isLowest(linked, info) && !reachedByHandlers(linked).has(info.id) && !usesPassport(linked, info))
      found.push({
        place: placeAt(linked, info, info.func.at, info.func.at),
        name: info.func.name || 'a function',
        limit: 'unresolved',
        because: 'no route to this check of a password was found',
        log: logsFailure(linked, info.id) === 'logged' ? 'logged' : 'unresolved',
      });
  }
  found.push(...readyMade(search));
  // Also includes functions named after a log-in, or without a telling name. Passwords are also chosen, changed and reset.
  const isOpen = (id: number): boolean =>
    isHandler(linked, id) && !checksPassword(linked, id) && !choosesPassword(linked, id);
  return found.length === 0
    ? askedPasswords(search, () => true).slice(0, 1)
    : [...found, ...askedPasswords(search, isOpen)];
}

function choosesPassword(linked: Linked, id: number): boolean {
  const names = [
    linked.program.functions[id]?.func.name ?? '',
    ...routesOf(linked, id).map(({ path }) => path ?? ''),
  ];
  return names.some((name) =>
    /regist|sign[-_]?up|join|create|add|new|reset|forgot|recover|change|update|edit|set|invit|setup|account|user|profile|admin/i.test(
      name,
    ),
  );
}

function isHandler(linked: Linked, id: number): boolean {
  return (
    linked.handedTo(id).length > 0 || linked.answersTo(id).length > 0 || nestRoute(linked, id) !== undefined
  );
}

/**
 * For a wrapper such as `wrap(async (req, res) => ...)` the handlers that it calls, each with its own route. Otherwise the
 * function itself.
 */
function ofWrapped(linked: Linked, info: FuncInfo): readonly LogIn[] {
  const { id, func } = info;
  const checks = passwordChecksIn(linked, id);
  const isWrapper = checks.every((value) => {
    const inst = func.code[value];
    const callee = inst?.op === 'call' ? func.code[inst.callee] : undefined;
    return callee?.op === 'cell-load' || callee?.op === 'param';
  });
  if (checks.length === 0 && onlyHoldsHandlers(linked, info)) return [];
  if (checks.length === 0 || !isWrapper) return [ofHandler(linked, info)];
  const inner = checks.flatMap((value) => linked.targets(id, value).map((one) => one.func));
  const found = [...new Set(inner)].filter((one) => checksPassword(linked, one));
  const isRouted = found.length > 0 && found.every((one) => routesOf(linked, one).length > 0);
  const handlers = isRouted ? found.flatMap((one) => linked.program.functions[one] ?? []) : [info];
  return handlers.map((one) => ofHandler(linked, one));
}

/**
 * Whether a function only registers handlers. The plugin `async (app) => app.post('/log-in', logIn)` is called like a handler,
 * but is none.
 */
function onlyHoldsHandlers(linked: Linked, { id }: FuncInfo): boolean {
  if (nestRoute(linked, id) !== undefined || routesOf(linked, id).some(({ path }) => path !== undefined))
    return false;
  const checking = calledBy(linked, id).filter((one) => one !== id && checksPassword(linked, one));
  return checking.length > 0 && checking.every((one) => isHandler(linked, one));
}

const maxDepth = 4;

/** Whether no other function that it calls or contains checks a password. */
function isLowest(linked: Linked, { id }: FuncInfo): boolean {
  return calledBy(linked, id).every((one) => one === id || !checksPassword(linked, one));
}

/** The functions that handlers reach. */
const reachedByHandlers = memoized((linked: Linked): ReadonlySet<number> => {
  const found = new Set<number>();
  let level = linked.program.functions.filter((one) => isHandler(linked, one.id)).map((one) => one.id);
  for (let depth = 0; depth < maxDepth && level.length > 0; depth++) {
    level = level.flatMap((one) => calledBy(linked, one)).filter((one) => !found.has(one));
    for (const one of level) found.add(one);
  }
  return found;
});

function ofHandler(linked: Linked, info: FuncInfo): LogIn {
  const { id, func } = info;
  const routes = routesOf(linked, id);
  return {
    place: placeAt(linked, info, func.at, func.at),
    name:
      nestRoute(linked, id) ??
      routes.map(({ path }) => path).find((path) => path !== undefined) ??
      (func.name || 'a handler'),
    ...(nestLimit(linked, id) ?? limitOf(linked, id, routes)),
    log: logsFailure(linked, id),
  };
}

type Limit = Pick<LogIn, 'limit' | 'because'>;

function limitOf(linked: Linked, id: number, routes: readonly RouteCall[]): Limit {
  const limited = (because: string): Limit => ({ limit: 'limited', because });
  const passed = routes.flatMap(({ call, place }) => call.args.map((value) => ({ func: place.func, value })));
  if (limitedIn(linked).functions.has(id)) return limited('a decorator limits it');
  const hasLimiter = (route: RouteCall): boolean =>
    argsBefore(linked, route, id).some((value) => isOfPackage(linked, { func: route.place.func, value }));
  const ways = waysTo(linked, routes);
  if (ways.length > 0 && ways.every(hasLimiter)) return limited('its route has a limiter');
  const [inOptions] = passed.flatMap((one) => limitInOptions(linked, one) ?? []);
  if (inOptions !== undefined) return { limit: inOptions, because: 'the options of its route say so' };
  const owner = linked.classOf(id);
  if (owner >= 0 && (isLimitedClass(linked, owner) || limitedIn(linked).classes.has(owner)))
    return limited('its class has a limiter');
  if (ways.length > 0 && ways.every((route) => hasOwnLimiter(linked, route, id)))
    return limited('a function of the project at its route counts and refuses');
  if (isWrapped(linked, id)) return limited('a decorator of the project counts and refuses');
  if (limitsBeforeCheck(linked, id)) return limited('it counts attempts and refuses before it checks');
  if (countsAttempts(linked, id)) return limited('it counts attempts with a limiter');
  const inSettings = limitsInSettings(linked);
  if (inSettings !== undefined) return limited(inSettings);
  const before = limitsBefore(linked, routes);
  if (before) return before;
  const isNamed =
    passed.some((one) => isLimiter(linked, one)) || isLimiting(linked.program.functions[id]?.func);
  return isNamed || saysSomeTooMany(linked, id) || mayLimitItself(linked) || hasOwnLimiters(linked)
    ? { limit: 'unresolved', because: 'something limits it that could not be followed' }
    : { limit: 'none', because: 'no limiter was found at its route, or before all routes' };
}

/** `passport.authenticate('local')`, Django's own views and its admin, password providers of authentication libraries. */
function readyMade(search: SiteSearch): LogIn[] {
  const { linked } = search.frames;
  const found: LogIn[] = [];
  const byFramework = (info: FuncInfo, inst: Inst, name: string): void => {
    const because = limitsInSettings(linked);
    const mayLimit = /^(dj_rest_auth|djoser)\b/.test(name) ? mayLimitItself : mayLimitPages;
    found.push({
      place: placeAt(linked, info, inst.at, inst.end),
      name,
      limit: because !== undefined ? 'limited' : mayLimit(linked) ? 'unresolved' : 'none',
      because: because ?? 'neither django-axes nor another limiter is in the settings',
      log: because !== undefined || failureReceiver(linked) === 'logs' ? 'logged' : 'unresolved',
    });
  };
  eachCall(search, (call, info, value) => {
    const { id, func } = info;
    const callee = instOf(linked, madeBy(linked, { func: id, value: call.callee }));
    const first = constantAt(linked, id, call.args[0]);
    if (callee?.op === 'import' && callee.name === 'include' && readyRoutes.test(String(first ?? '')))
      byFramework(info, call, String(first));
    if (callee?.op === 'member' && callee.name === 'as_view' && isLoginView(linked, id, callee.object))
      byFramework(info, call, 'LoginView');
    if (
      callee?.op === 'import' &&
      /^(CredentialsProvider|Credentials|betterAuth)$/.test(
        callee.name === 'default' ? 'CredentialsProvider' : callee.name,
      ) &&
      /^(next-auth|@auth\/|better-auth)/.test(callee.specifier)
    )
      found.push(unresolvedAt(linked, info, call, callee.specifier));
    if (callee?.op === 'member' && callee.name === 'authenticate' && isPasswordStrategy(first)) {
      const route = func.code.find(
        (inst): inst is Inst & Call => inst.op === 'call' && inst.args.includes(value),
      );
      const isLimited = route?.args.some((arg) => isOfPackage(linked, { func: id, value: arg })) ?? false;
      const path = route && constantAt(linked, id, route.args[0]);
      const at = route ? func.code.indexOf(route) : value;
      const before = limitsBefore(linked, [
        {
          place: { func: id, value: at },
          call: route ?? call,
          path: typeof path === 'string' ? path : undefined,
        },
      ]);
      found.push({
        place: placeAt(linked, info, call.at, call.end),
        name: typeof path === 'string' ? path : "passport.authenticate('local')",
        ...(isLimited
          ? { limit: 'limited', because: 'its route has a limiter' }
          : (before ?? {
              limit: route ? 'none' : 'unresolved',
              because: 'no limiter was found at its route, or before all routes',
            })),
        log: 'unresolved',
      });
    }
  });
  linked.program.instructions.each('member', (inst, info) => {
    if (inst.name !== 'urls' || isAside(search.frames, info)) return;
    const site = info.func.code[inst.object];
    const admin =
      site?.op === 'member' && site.name === 'site'
        ? instOf(linked, madeBy(linked, { func: info.id, value: site.object }))
        : undefined;
    if (admin?.op === 'import' && /^django\.contrib(\.admin)?$/.test(admin.specifier))
      byFramework(info, inst, "Django's admin");
  });
  return found;
}

/** A passport strategy that the program names itself is treated as one that checks a password. */
function isPasswordStrategy(name: unknown): boolean {
  return (
    typeof name === 'string' &&
    !/jwt|bearer|oauth|google|github|facebook|twitter|saml|oidc|openid|anonymous|session|azure|apple|linkedin|token|basic/i.test(
      name,
    )
  );
}

function usesPassport(linked: Linked, { id, func }: FuncInfo): boolean {
  return func.code.some((inst) => {
    const callee = inst.op === 'call' ? func.code[inst.callee] : undefined;
    return (
      inst.op === 'call' &&
      callee?.op === 'member' &&
      callee.name === 'authenticate' &&
      typeof constantAt(linked, id, inst.args[0]) === 'string'
    );
  });
}

const readyRoutes = /^(django\.contrib\.auth|dj_rest_auth|rest_framework|djoser|allauth|oauth2_provider)\b/;

function isLoginView(linked: Linked, func: number, value: ValueId): boolean {
  const inst = instOf(linked, madeBy(linked, { func, value }));
  if ((inst?.op === 'import' || inst?.op === 'member') && inst.name === 'LoginView') return true;
  return isOfType(linked.states(func, value), 'use.LoginView');
}

function unresolvedAt(linked: Linked, info: FuncInfo, inst: Inst, name: string): LogIn {
  return {
    place: placeAt(linked, info, inst.at, inst.end),
    name,
    limit: 'unresolved',
    because: `whether \`${name}\` limits attempts is not known`,
    log: 'unresolved',
  };
}

function constantAt(linked: Linked, func: number, value: ValueId | undefined): unknown {
  const inst = value === undefined ? undefined : instOf(linked, madeBy(linked, { func, value }));
  return inst?.op === 'const' ? inst.value : undefined;
}

function placeAt({ program }: Linked, { module }: FuncInfo, at: number, end: number): LogIn['place'] {
  return placeOf(program.modules[module] as Module, at, end);
}
