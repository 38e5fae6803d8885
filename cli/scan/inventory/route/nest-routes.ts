import type { Linked } from '../../callgraph/linked.ts';
import { origin } from '../../callgraph/query/called-on.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';
import type { LogIn } from '../../code-view.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';

/** A decorator at a method or a class. */
interface Decorator {
  readonly name: string;
  readonly package: string;
  readonly args: readonly Place[];
}

interface Decorated {
  readonly functions: ReadonlyMap<number, readonly Decorator[]>;
  readonly classes: ReadonlyMap<number, readonly Decorator[]>;
}

const decoratedIn = memoized((linked: Linked): Decorated => {
  const functions = new Map<number, Decorator[]>();
  const classes = new Map<number, Decorator[]>();
  linked.program.instructions.each('call', (call, { id, func: { code } }) => {
    const maker = call.isDecorator ? code[call.callee] : undefined;
    const named =
      maker?.op === 'call' ? instOf(linked, origin(linked, { func: id, value: maker.callee })) : undefined;
    if (maker?.op !== 'call' || named?.op !== 'import' || !named.specifier.startsWith('@nestjs/')) return;
    const args = maker.args.map((value) => ({ func: id, value }));
    const one: Decorator = { name: named.name, package: named.specifier, args };
    for (const arg of call.args) {
      for (const to of linked.functions(id, arg)) functions.set(to, [...(functions.get(to) ?? []), one]);
      for (const to of linked.classes(id, arg)) classes.set(to, [...(classes.get(to) ?? []), one]);
    }
  });
  return { functions, classes };
});

/**
 * The path of a route method in a Nest controller, with the path of its class: `/users/login`. Undefined for other
 * functions.
 */
export function nestRoute(linked: Linked, id: number): string | undefined {
  const { functions, classes } = decoratedIn(linked);
  const route = functions
    .get(id)
    ?.find((one) => one.package === '@nestjs/common' && /^(Get|Post|Put|Patch|Delete|All)$/.test(one.name));
  if (!route) return undefined;
  const controller = classes.get(linked.classOf(id))?.find(({ name }) => name === 'Controller');
  const parts = [controller, route].map((one) => textOf(linked, one?.args[0]).replace(/^\/|\/$/g, ''));
  return `/${parts.filter((part) => part !== '').join('/')}`;
}

function textOf(linked: Linked, place: Place | undefined): string {
  const inst = place && instOf(linked, origin(linked, place));
  return inst?.op === 'const' && typeof inst.value === 'string' ? inst.value : '';
}

/**
 * The effect of Nest's throttler on a route. The throttler's decorators only set limits, and have no effect without a
 * `ThrottlerGuard`.
 *
 * @returns undefined if the function is no Nest route, or if the route has neither the guard nor `@Throttle`
 */
export function nestLimit(linked: Linked, id: number): Pick<LogIn, 'limit' | 'because'> | undefined {
  if (nestRoute(linked, id) === undefined) return undefined;
  const { functions, classes } = decoratedIn(linked);
  const own = [...(functions.get(id) ?? []), ...(classes.get(linked.classOf(id)) ?? [])];
  const local = own
    .filter(({ name }) => name === 'UseGuards')
    .flatMap(({ args }) => args.map((one) => guardAt(linked, one)));
  const guards = [...local, ...globalGuards(linked)].filter((one) => one !== undefined);
  const isSet = own.some((one) => one.name === 'Throttle' && one.package === '@nestjs/throttler');
  if (guards.length === 0)
    return isSet
      ? { limit: 'none', because: 'no ThrottlerGuard stands before it, without which @Throttle does nothing' }
      : undefined;
  const skips = own.filter(({ name }) => name === 'SkipThrottle');
  if (skips.some(({ args }) => args.length === 0))
    return { limit: 'none', because: '@SkipThrottle takes it out' };
  if (skips.length > 0 || isSkippable(linked))
    return { limit: 'unresolved', because: 'whether the throttler leaves it out could not be followed' };
  return guards.includes('plain')
    ? { limit: 'limited', because: 'ThrottlerGuard stands before it' }
    : { limit: 'unresolved', because: 'a guard of the project changes what ThrottlerGuard does' };
}

type Guard = 'plain' | 'changed';

/** `ThrottlerGuard`, or a class of the project that extends it. Undefined for another guard. */
function guardAt(linked: Linked, from: Place): Guard | undefined {
  const place = origin(linked, from);
  const inst = instOf(linked, place);
  if (isOwnGuard(inst)) return 'plain';
  for (const id of linked.classes(place.func, place.value)) {
    const bases = basesOf(linked, id).map((base) => instOf(linked, origin(linked, base)));
    if (!bases.some(isOwnGuard)) continue;
    const methods = linked.program.functions.filter((one) => linked.classOf(one.id) === id);
    return methods.some(({ func }) => /^(canActivate|shouldSkip|handleRequest)$/.test(func.name))
      ? 'changed'
      : 'plain';
  }
  return undefined;
}

function isOwnGuard(inst: Inst | undefined): boolean {
  return inst?.op === 'import' && inst.specifier === '@nestjs/throttler' && /Guard$/.test(inst.name);
}

function basesOf({ program }: Linked, id: number): readonly Place[] {
  const found: Place[] = [];
  program.instructions.each('class', (inst, { id: func, module }) => {
    if ((program.firstClass[module] ?? 0) + inst.class === id)
      found.push(...inst.bases.map((value: ValueId) => ({ func, value })));
  });
  return found;
}

/** `{ provide: APP_GUARD, useClass: ThrottlerGuard }` */
function globalGuards(linked: Linked): readonly (Guard | undefined)[] {
  const found: (Guard | undefined)[] = [];
  linked.program.instructions.each('object', (inst, { id: func }) => {
    const provided = inst.values[inst.keys.indexOf('provide')];
    const used = inst.values[inst.keys.indexOf('useClass')];
    const token =
      provided === undefined ? undefined : instOf(linked, origin(linked, { func, value: provided }));
    if (used !== undefined && token?.op === 'import' && token.name === 'APP_GUARD')
      found.push(guardAt(linked, { func, value: used }));
  });
  return found;
}

/** `ThrottlerModule.forRoot({ skipIf, throttlers })` */
function isSkippable({ program }: Linked): boolean {
  return program.instructions.some(
    'object',
    ({ keys }) => keys.includes('skipIf') || keys.includes('ignoreUserAgents'),
  );
}
