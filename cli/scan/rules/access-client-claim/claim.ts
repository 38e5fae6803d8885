import type { Linked } from '../../callgraph/linked.ts';
import { callsOf, instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import { passedFor } from '../../callgraph/query/passed-for.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { isOfType } from '../../models/state-traits.ts';
import { type Kind, kindOfContainer, kindOfReader } from './request-parts.ts';
import { isAddressHeader } from './rights.ts';

/**
 * What a client claims about itself: the part of the request that contains the claim, and the name that the claim has
 * there.
 */
export interface Claim {
  readonly name: string;
  readonly kind: Kind | 'address';
}

interface Walk {
  readonly linked: Linked;
  /** The visited places, and those to visit. They are few. */
  readonly places: Place[];
}

const maxSteps = 50;
const maxCallers = 6;

/**
 * Returns the client's claim that a value comes from, tracing the value back through the project's functions and through
 * conversions. Undefined if it comes from none.
 */
export function claimOf({ linked, id }: FunctionView, value: ValueId): Claim | undefined {
  const walk: Walk = { linked, places: [{ func: id, value }] };
  let kind: Kind | undefined;
  for (const place of walk.places) {
    const found = readAt(linked, place);
    if (found) return { ...found, kind: kind ?? found.kind };
    kind ??= declaredKind(instOf(linked, place), linked, place);
    follow(walk, place);
  }
  return undefined;
}

function push({ places }: Walk, { func, value }: Place): void {
  if (places.length >= maxSteps) return;
  for (const one of places) if (one.func === func && one.value === value) return;
  places.push({ func, value });
}

/** FastAPI's `x_role: str = Header()` */
function declaredKind(inst: Inst | undefined, linked: Linked, { func }: Place): Kind | undefined {
  if (inst?.op !== 'phi') return undefined;
  for (const input of inst.inputs.slice(0, 4)) {
    const call = instOf(linked, { func, value: input });
    const callee = call?.op === 'call' ? instOf(linked, { func, value: call.callee }) : undefined;
    if (callee?.op === 'import' && /^(Header|Cookie)$/.test(callee.name))
      return callee.name === 'Header' ? 'header' : 'cookie';
  }
  return undefined;
}

function readAt(linked: Linked, place: Place): Claim | undefined {
  const { func, value } = place;
  const inst = instOf(linked, place);
  if (inst?.op === 'param') {
    const name = linked.program.functions[func]?.func.params[inst.index]?.name ?? '';
    return isRemote(linked, place) ? { name, kind: 'query' } : undefined;
  }
  if (inst?.op === 'member')
    return trustsProxies(linked, { func, value: inst.object }, inst.name)
      ? { name: 'req.ip', kind: 'address' }
      : named(linked, place, inst.name, inst.object);
  if (inst?.op === 'index') {
    const name = textAt(linked, func, inst.key);
    return name === undefined ? undefined : named(linked, place, name, inst.object);
  }
  return inst?.op === 'call' ? ofCall(linked, { func, value }, inst) : undefined;
}

/** `request.cookies.get('role')`, `req.get('X-Role')`, `getCookie(c, 'role')` */
function ofCall(linked: Linked, place: Place, call: Call): Claim | undefined {
  const callee = instOf(linked, { func: place.func, value: call.callee });
  if (callee?.op === 'member') {
    const name = textAt(linked, place.func, call.args[0]);
    // `cookies.get('role', { signed: true })`
    const options = instOf(linked, { func: place.func, value: call.args[1] ?? -1 });
    if (name === undefined || options?.op === 'object') return undefined;
    return named(linked, place, name, callee.object, kindOfReader(callee.name));
  }
  if (callee?.op !== 'import' || callee.name !== 'getCookie') return undefined;
  const name = textAt(linked, place.func, call.args[1]);
  return name === undefined ? undefined : { name, kind: 'cookie' };
}

function named(
  linked: Linked,
  place: Place,
  name: string,
  object: ValueId,
  reader?: Kind,
): Claim | undefined {
  if (isAddressHeader(name)) return { name, kind: 'address' };
  const container = containerOf(linked, { func: place.func, value: object });
  const kind = kindOfContainer(instOf(linked, container), (value) =>
    instOf(linked, { func: container.func, value }),
  );
  if (kind === 'environ') return /^HTTP_/.test(name) ? { name, kind: 'header' } : undefined;
  const isSent = isRemote(linked, container) || (reader !== undefined && isRemote(linked, place));
  return isSent ? { name, kind: kind ?? reader ?? 'body' } : undefined;
}

/** The container that a text was read from: `JSON.parse(req.cookies.user).role` comes from a cookie. */
function containerOf(linked: Linked, from: Place): Place {
  let place = madeBy(linked, from);
  for (let hop = 0; hop < 5; hop++) {
    const inst = instOf(linked, place);
    const callee = inst?.op === 'call' ? instOf(linked, { func: place.func, value: inst.callee }) : undefined;
    const [text] = inst?.op === 'call' ? inst.args : [];
    if (callee?.op !== 'member' || text === undefined || !/^(parse|loads)$/.test(callee.name)) {
      const behind = hop > 0 && (inst?.op === 'member' || inst?.op === 'index') ? inst.object : undefined;
      if (behind === undefined || isRemote(linked, place)) return place;
      place = madeBy(linked, { func: place.func, value: behind });
    } else place = madeBy(linked, { func: place.func, value: text });
  }
  return place;
}

function isRemote(linked: Linked, { func, value }: Place): boolean {
  const states = linked.states(func, value);
  if (states.length === 0) return false;
  return states.some(({ sources }) => sources.some(({ kind }) => kind === 'remote'));
}

function textAt(linked: Linked, func: number, value: ValueId | undefined): string | undefined {
  const inst = value === undefined ? undefined : instOf(linked, madeBy(linked, { func, value }));
  return inst?.op === 'const' && typeof inst.value === 'string' ? inst.value : undefined;
}

const forms =
  /^(toLowerCase|toUpperCase|trim|toString|lower|upper|strip|casefold|split|decode|shift|replace|String|str|Boolean|bool|int|Number|parseInt|ip_address|unquote|decodeURIComponent)$/;

function follow(walk: Walk, place: Place): void {
  const { linked } = walk;
  const { func } = place;
  const made = madeBy(linked, place);
  if (made.func !== func || made.value !== place.value) {
    push(walk, made);
    return;
  }
  const inst = instOf(linked, place);
  switch (inst?.op) {
    case 'phi':
      for (const value of inst.inputs.slice(0, 8)) push(walk, { func, value });
      return;
    case 'effect':
    case 'element':
      push(walk, { func, value: inst.value });
      return;
    case 'member':
      // `cookies().get('role')?.value`
      if (inst.name === 'value') push(walk, { func, value: inst.object });
      return;
    case 'index': {
      // The last of several addresses was added by the proxy in front, so only the first is a claim.
      const key = instOf(linked, { func, value: inst.key });
      if (key?.op === 'const' && key.value === 0) push(walk, { func, value: inst.object });
      return;
    }
    case 'call':
      ofForm(walk, place, inst);
      return;
    case 'param':
      for (const call of callsOf(linked, func).slice(0, maxCallers))
        for (const value of passedFor(linked, call, func, inst.index)) push(walk, { func: call.func, value });
      return;
  }
}

function ofForm(walk: Walk, place: Place, call: Call): void {
  const { linked } = walk;
  const callee = instOf(linked, { func: place.func, value: call.callee });
  const name =
    callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
  if (forms.test(name)) {
    const own = callee?.op === 'member' && name !== 'ip_address' ? callee.object : call.args[0];
    if (own !== undefined) push(walk, { func: place.func, value: own });
    return;
  }
  for (const { func, makes } of linked.targets(place.func, place.value).slice(0, 4)) {
    if (makes >= 0) continue;
    for (const { end } of linked.program.functions[func]?.func.blocks ?? [])
      if (end.kind === 'return') push(walk, { func, value: end.value });
  }
}

/** `req.ip` after `app.set('trust proxy', true)`, which makes it the client's claim. */
function trustsProxies(linked: Linked, request: Place, name: string): boolean {
  return (
    name === 'ip' &&
    isOfType(linked.states(request.func, request.value), 'express.Request') &&
    setsTrustProxy(linked)
  );
}

const setsTrustProxy = memoized((linked: Linked) =>
  linked.program.instructions.some('call', ({ callee, args }, { id, func }) => {
    const method = func.code[callee];
    const given = func.code[args[1] ?? -1];
    if (method?.op !== 'member' || textAt(linked, id, args[0]) !== 'trust proxy') return false;
    return method.name === 'enable' || (given?.op === 'const' && given.value === true);
  }),
);
