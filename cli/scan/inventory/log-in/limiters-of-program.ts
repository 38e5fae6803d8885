import type { Linked } from '../../callgraph/linked.ts';
import type { FuncInfo } from '../../callgraph/program.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { LogIn } from '../../code-view.ts';
import type { Inst } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { isTestPath } from '../../project/path-purpose.ts';
import { isLimiting } from '../../rules/limits-login-attempts/limiters.ts';
import { isLimiterPackage, isOfPackage } from '../../rules/limits-login-attempts/made-limiter.ts';
import { isAlwaysDone, isRegisteredBefore } from '../route/registered-before.ts';
import type { RouteCall } from '../route/route-calls.ts';
import { joined, standingOf } from '../route/route-prefixes.ts';
import { isOwnLimiter } from './own-limiters.ts';

/** A limiter for all routes, or for those below a path. */
interface Mount {
  /** The application or router that it is registered on. */
  readonly at: Place;
  readonly func: number;
  readonly value: number;
  /** Undefined if unknown. */
  readonly path: string | undefined;
  /** It is registered in a Fastify plugin, and applies only to the routes of that plugin. */
  readonly isEnclosed: boolean;
  /** It applies only to what is registered after it. */
  readonly isForLater: boolean;
}

const forAll = /^(use|register|apply|add_middleware|useGlobalGuards|UseGuards)$/;

/**
 * The rate limit that an application applies to a request before it reaches the handler of these routes, such as by
 * `app.use(limiter)` or `default_limits`. Undefined if none is found.
 */
export function limitsBefore(linked: Linked, routes: readonly RouteCall[]): Limit | undefined {
  if (hasDefaultLimits(linked)) return { limit: 'limited', because: 'a limit by default for all routes' };
  const all = mountsOf(linked);
  const states = routes.map((route) => {
    const found = all.map((mount) => covers(linked, mount, route));
    return found.includes('yes') ? 'yes' : found.includes('maybe') ? 'maybe' : 'no';
  });
  if (states.length === 0) return undefined;
  if (states.every((one) => one === 'yes'))
    return { limit: 'limited', because: 'a limiter stands before it' };
  return states.includes('maybe')
    ? { limit: 'unresolved', because: 'whether a limiter stands before it could not be followed' }
    : undefined;
}

type Limit = Pick<LogIn, 'limit' | 'because'>;

type Covered = 'yes' | 'no' | 'maybe';

function covers(linked: Linked, mount: Mount, route: RouteCall): Covered {
  const place = { func: mount.func, value: mount.value };
  const isFirst = mount.isForLater ? isRegisteredBefore(linked, place, route) : true;
  if (isFirst === false && !route.call.isDecorator) return 'no';
  const found = mount.path === undefined ? 'maybe' : coversPath(linked, mount, mount.path, route);
  const isSure = (isFirst ?? route.call.isDecorator) && isAlwaysDone(linked, place);
  return found === 'yes' && !isSure ? 'maybe' : found;
}

function coversPath(linked: Linked, mount: Mount, below: string, { place, path, call }: RouteCall): Covered {
  const outer = standingOf(linked, mount.at);
  const callee = instOf(linked, { func: place.func, value: call.callee });
  const inner =
    callee?.op === 'member' ? standingOf(linked, { func: place.func, value: callee.object }) : undefined;
  if (!outer || !inner) {
    if (below === '/') return mount.isEnclosed && mount.func !== place.func ? 'maybe' : 'yes';
    if (path === undefined) return 'maybe';
    return path === below || path.startsWith(`${below}/`) ? 'yes' : 'maybe';
  }
  if (!inner.above.has(outer.root)) return 'no';
  if (path === undefined) return below === '/' ? 'yes' : 'maybe';
  const limited = outer.prefixes.map((prefix) => joined(prefix, below));
  const isLimited = inner.prefixes.map((prefix) => {
    const full = joined(prefix, path);
    return limited.some((one) => full === one || full.startsWith(`${one}/`));
  });
  if (isLimited.every(Boolean)) return 'yes';
  return isLimited.some(Boolean) ? 'maybe' : 'no';
}

/**
 * Whether the project itself seems to limit log-in attempts. This is judged by names of functions, by calls of rate
 * limit packages, and by constant texts, such as a class name in the settings.
 */
export const mayLimitItself: (linked: Linked) => boolean = memoized((linked) => speaks(linked, () => true));

/**
 * Whether the project itself seems to limit log-in attempts on HTML pages. Unlike `mayLimitItself`, ignores the throttles of
 * Django REST framework, which apply to that framework's API views alone.
 */
export const mayLimitPages: (linked: Linked) => boolean = memoized((linked) =>
  speaks(linked, (text) => !throttlesOfApi.test(text)),
);

const throttlesOfApi = /^rest_framework\.throttling\.|^DEFAULT_THROTTLE_(CLASSES|RATES)$/;

function speaks(linked: Linked, isMeant: (text: string) => boolean): boolean {
  const { program } = linked;
  return (
    program.functions.some(
      (info) => info.func.outer >= 0 && isProduction(linked, info) && isLimiting(info.func),
    ) ||
    program.instructions.some(
      'const',
      ({ value }, info) =>
        typeof value === 'string' &&
        speaksOfLimits.test(value) &&
        isMeant(value) &&
        isProduction(linked, info),
    ) ||
    asksLimiters(linked)
  );
}

/** `this.attempts.consume(key)`, if a limiting package is imported. The limiter itself may be unknown. */
function asksLimiters(linked: Linked): boolean {
  const { instructions } = linked.program;
  return (
    instructions.some('import', ({ specifier }) => isLimiterPackage(specifier)) &&
    instructions.some('call', ({ callee }, info) => {
      const inst = info.func.code[callee];
      return (
        inst?.op === 'member' && /^(reserve|consume|penalty)$/.test(inst.name) && isProduction(linked, info)
      );
    })
  );
}

const speaksOfLimits =
  /throttl|rate.?limit|too many (?:requests|attempts)|\baxes\b|\bdefender\b|brute|lockout|captcha|turnstile/i;

function isProduction({ program }: Linked, { module }: FuncInfo): boolean {
  return !isTestPath(program.modules[module]?.path ?? '');
}

const mountsOf = memoized((linked: Linked): readonly Mount[] => {
  const found: Mount[] = [];
  // A plugin wrapped by `fastify-plugin` also applies outside itself.
  const isShared = linked.program.instructions.some(
    'import',
    ({ specifier }) => specifier === 'fastify-plugin',
  );
  linked.program.instructions.each('call', (call, { id, func }, value) => {
    const callee = func.code[call.callee];
    if (callee?.op !== 'member' || !forAll.test(callee.name)) return;
    const isLimiter = (arg: number): boolean =>
      isOfPackage(linked, { func: id, value: arg }) || isOwn(linked, id, arg);
    if (!call.args.some(isLimiter)) return;
    if (call.args.some((arg) => isForSingleRoutes(linked, { func: id, value: arg }))) return;
    const at = { func: id, value: callee.object };
    const isEnclosed = callee.name === 'register' && isOfParam(func.code, callee.object) && !isShared;
    const isForLater = /^(use|register)$/.test(callee.name);
    const [first = -1] = call.args;
    for (const path of isLimiter(first) ? ['/'] : pathsOf(linked, { func: id, value: first }))
      found.push({ at, func: id, value, path, isEnclosed, isForLater });
  });
  return found;
});

/** Whether a function of the project counts and refuses. */
function isOwn(linked: Linked, func: number, value: number): boolean {
  const functions = linked.functions(func, value);
  return functions.length > 0 && functions.every((one) => isOwnLimiter(linked, one));
}

/** The paths of a middleware. Undefined if unknown, as for a pattern. */
function pathsOf(linked: Linked, from: Place, isInList = false): readonly (string | undefined)[] {
  const place = madeBy(linked, from);
  const inst = instOf(linked, place);
  if (inst?.op === 'list' && !isInList && inst.spread.length === 0 && inst.items.length < maxPaths)
    return inst.items.flatMap((value) => pathsOf(linked, { func: place.func, value }, true));
  if (inst?.op === 'const' && typeof inst.value === 'string')
    return [inst.value.replace(/\/?\*?$/, '') || '/'];
  // Other middleware before it: `app.use(helmet(), limiter)`
  const isFunction =
    inst?.op === 'call' || inst?.op === 'import' || linked.functions(from.func, from.value).length > 0;
  return [isFunction ? '/' : undefined];
}

const maxPaths = 50;

function isOfParam(code: readonly Inst[], value: number): boolean {
  let inst = code[value];
  while (inst?.op === 'effect' || inst?.op === 'typed') inst = code[inst.value];
  return inst?.op === 'param';
}

/** `register(rateLimit, { global: false })` of Fastify: it limits only the routes with a limit of their own. */
function isForSingleRoutes(linked: Linked, from: Place): boolean {
  const place = madeBy(linked, from);
  const value = entryOf(instOf(linked, place), 'global');
  return value !== undefined && !isTrue(linked, { func: place.func, value });
}

function isTrue(linked: Linked, place: Place): boolean {
  const inst = instOf(linked, madeBy(linked, place));
  return inst?.op === 'const' && inst.value === true;
}

/** The limit in the options of a Fastify route, such as `{ config: { rateLimit: { max: 5 } } }`. Undefined without one. */
export function limitInOptions(linked: Linked, from: Place): Limit['limit'] | undefined {
  const place = madeBy(linked, from);
  const config = entryOf(instOf(linked, place), 'config');
  if (config === undefined) return undefined;
  const inner = madeBy(linked, { func: place.func, value: config });
  const own = entryOf(instOf(linked, inner), 'rateLimit');
  if (own === undefined) return undefined;
  const made = instOf(linked, madeBy(linked, { func: inner.func, value: own }));
  if (made?.op === 'const' && made.value === false) return 'none';
  const isUsed = linked.program.instructions.some('import', ({ specifier }) =>
    /^(@fastify\/rate-limit|fastify-rate-limit)$/.test(specifier),
  );
  return made?.op === 'object' && isUsed ? 'limited' : 'unresolved';
}

function entryOf(inst: Inst | undefined, name: string): number | undefined {
  return inst?.op === 'object' ? inst.values[inst.keys.lastIndexOf(name)] : undefined;
}

/** Flask-Limiter's `Limiter(..., default_limits=[...])`. */
function hasDefaultLimits(linked: Linked): boolean {
  return linked.program.instructions.some(
    'call',
    ({ names }) => names?.some((name) => name === 'default_limits' || name === 'application_limits') ?? false,
  );
}

/**
 * Says which package limits failed log-ins, such as `django-axes is in the settings`. Django's settings must name both the
 * package (`axes`) and its middleware or backend. Undefined if there is none.
 */
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
