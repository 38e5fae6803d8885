import type { Linked } from '../../callgraph/linked.ts';
import { origin } from '../../callgraph/query/called-on.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';

/** Where a router or an application is mounted. */
export interface Standing {
  readonly root: string;
  /** The prefixes of its paths, one for each place where it is mounted. */
  readonly prefixes: readonly string[];
  /** The keys, as from `rootOf`, of the router itself and of all routers that it is mounted in. */
  readonly above: ReadonlySet<string>;
}

interface Mounted {
  readonly root: string;
  readonly path: string;
  readonly in: Place;
  /** The call that mounts it. */
  readonly at: Place;
}

const maxHops = 60;
const maxDepth = 5;
const maxPrefixes = 20;

/**
 * Where a router or application is mounted. Undefined if unknown.
 * @param at the router or application that a route or middleware is registered on
 */
export function standingOf(linked: Linked, at: Place, depth = 0): Standing | undefined {
  const own = rootOf(linked, at);
  if (!own || depth > maxDepth) return undefined;
  const mounts = mountedIn(linked).filter(({ root }) => root === own.root);
  if (mounts.length === 0) return { root: own.root, prefixes: [own.prefix], above: new Set([own.root]) };
  const above = new Set([own.root]);
  const prefixes: string[] = [];
  for (const mount of mounts) {
    const outer = standingOf(linked, mount.in, depth + 1);
    if (!outer) return undefined;
    for (const one of outer.above) above.add(one);
    prefixes.push(...outer.prefixes.map((prefix) => joined(joined(prefix, mount.path), own.prefix)));
  }
  return prefixes.length > maxPrefixes ? undefined : { root: own.root, prefixes, above };
}

/**
 * The calls that mount a router.
 * @param at the router that a route or middleware is registered on
 */
export function mountsOfRouter(linked: Linked, at: Place): readonly Place[] {
  const own = rootOf(linked, at);
  return own ? mountedIn(linked).flatMap((one) => (one.root === own.root ? [one.at] : [])) : [];
}

/** Joins two paths: `/api`, `/login` -> `/api/login`. A second path of `/` adds nothing. */
export function joined(before: string, path: string): string {
  const tail = path.replace(/^\/+|\/?\*?$/g, '');
  return tail === '' ? before : `${before}/${tail}`;
}

/**
 * Finds the call that creates a router, such as `new Hono()` for the chain `new Hono().get('/a', a).post('/b', b)`. Returns
 * a key of this call, and the prefix that the chain gives to the router's paths. Undefined if unknown.
 */
export function rootOf(
  linked: Linked,
  from: Place,
): { readonly root: string; readonly prefix: string } | undefined {
  let place = origin(linked, from);
  let prefix = '';
  for (let hop = 0; hop < maxHops; hop++) {
    const inst = instOf(linked, place);
    if (inst?.op === 'effect' || inst?.op === 'typed') {
      place = origin(linked, { func: place.func, value: inst.value });
      continue;
    }
    if (inst?.op !== 'call') return undefined;
    const callee = instOf(linked, { func: place.func, value: inst.callee });
    if (callee?.op !== 'member' || !chaining.test(callee.name)) {
      if (linked.targets(place.func, place.value).some(({ makes }) => makes < 0)) return undefined;
      const [options] = inst.args;
      const own = options === undefined ? '' : prefixOption(linked, { func: place.func, value: options });
      return own === undefined
        ? undefined
        : { root: `${place.func} ${place.value}`, prefix: joined(joined('', own), prefix) };
    }
    if (/^(basePath|prefix)$/.test(callee.name)) {
      const text = textAt(linked, place.func, inst.args[0]);
      if (text === undefined) return undefined;
      prefix = joined(joined('', text), prefix);
    }
    place = origin(linked, { func: place.func, value: callee.object });
  }
  return undefined;
}

const chaining =
  /^(get|post|put|patch|delete|del|all|options|head|use|route|on|basePath|prefix|mount|routes|middleware|onError|notFound|allowedMethods|set|enable|disable)$/;

/** `new Router({ prefix: '/api' })` of Koa. */
function prefixOption(linked: Linked, from: Place): string | undefined {
  const place = origin(linked, from);
  const inst = instOf(linked, place);
  if (inst?.op !== 'object') return '';
  const value = inst.values[inst.keys.indexOf('prefix')];
  return value === undefined ? '' : textAt(linked, place.func, value);
}

function textAt(linked: Linked, func: number, value: ValueId | undefined): string | undefined {
  const inst: Inst | undefined =
    value === undefined ? undefined : instOf(linked, origin(linked, { func, value }));
  return inst?.op === 'const' && typeof inst.value === 'string' ? inst.value : undefined;
}

/** `app.use('/api', router)`, `app.route('/api', routes)`, `app.use(router.routes())` */
const mountedIn = memoized((linked: Linked): readonly Mounted[] => {
  const found: Mounted[] = [];
  linked.program.instructions.each('call', (call, { id, func }, value) => {
    const callee = func.code[call.callee];
    if (callee?.op !== 'member' || !/^(use|route|mount)$/.test(callee.name)) return;
    const path = textAt(linked, id, call.args[0]);
    const at = { func: id, value: callee.object };
    const own = rootOf(linked, at);
    for (const arg of call.args) {
      const inner = rootOf(linked, { func: id, value: arg });
      if (inner && inner.root !== own?.root)
        found.push({ root: inner.root, path: path ?? '', in: at, at: { func: id, value } });
    }
  });
  return found;
});
