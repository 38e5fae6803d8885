import type { Call, Func, Inst } from '../ir/ir.ts';
import type { Linked } from '../link/linked.ts';
import { callsOf } from '../rule/made-by.ts';
import { ownField } from '../rule/own-field.ts';
import { passedFor } from '../rule/passed-for.ts';
import { calledOn, instAt, type Place } from './called-on.ts';
import type { Frame } from './frame.ts';
import { makerOf } from './maker-of.ts';
import { entry } from './written-schemas.ts';

/** Options by which a client is told how names are looked up, or what its connections are made by. */
const lookups = ['lookup', 'dnsLookup'] as const;
const agents = ['dispatcher', 'agent', 'httpAgent', 'httpsAgent', 'http', 'https', 'connect'] as const;

/** Agents in agents: `new Agent({ connect: { lookup } })` as the `dispatcher` of a request. */
const maxDepth = 4;

/**
 * Whether a request is sent by what the project itself looks up names with, or connects by: `fetch(url, { dispatcher })` whose agent
 * has an own `lookup`, and `httpx.Client(transport=PublicOnly())`. That is where an address can be checked that nobody can change any
 * more, and there is no other reason to write one.
 */
export function connectsByItself({ linked, id, func, isPython }: Frame, inst: Call): boolean {
  const callee = func.code[inst.callee];
  if (callee?.op === 'member' && isOwnClient(linked, { func: id, value: callee.object }, isPython, 0))
    return true;
  return !isPython && inst.args.some((value) => hasOwnLookup(linked, { func: id, value }, 0));
}

const maxCallers = 12;

/** Whether a client is one, also one that an object keeps for itself, or that all callers pass. */
function isOwnClient(linked: Linked, place: Place, isPython: boolean, depth: number): boolean {
  const made = makerOf(linked, place);
  const inst = instAt(linked, made);
  const areOwn = (places: readonly Place[]): boolean =>
    depth < maxDepth &&
    places.length > 0 &&
    places.every((one) => isOwnClient(linked, one, isPython, depth + 1));
  switch (inst?.op) {
    case 'call':
      return isPython
        ? isOwnTransport(linked, made, inst) || mountsOwn(linked, made)
        : inst.args.some((value) => hasOwnLookup(linked, { func: made.func, value }, 0));
    case 'member':
      return (
        instAt(linked, { ...made, value: inst.object })?.op === 'this' &&
        areOwn(ownField(linked, made.func, inst.name) ?? [])
      );
    case 'param': {
      const calls = callsOf(linked, made.func);
      if (calls.length > maxCallers) return false;
      return areOwn(
        calls.flatMap((call) =>
          passedFor(linked, call, made.func, inst.index).map((value) => ({ func: call.func, value })),
        ),
      );
    }
    default:
      return false;
  }
}

/** `httpx.AsyncClient(transport=PublicOnly())` */
function isOwnTransport(linked: Linked, { func }: Place, { args, names }: Call): boolean {
  const transport = args[names?.indexOf('transport') ?? -1];
  return transport !== undefined && linked.instances(func, transport).length > 0;
}

/** `session.mount('https://', PublicOnly())` */
function mountsOwn(linked: Linked, client: Place): boolean {
  return calledOn(linked, client, ['mount']).some(
    ({ func, call }) => call.args[1] !== undefined && linked.instances(func, call.args[1]).length > 0,
  );
}

function hasOwnLookup(linked: Linked, place: Place, depth: number): boolean {
  if (depth > maxDepth) return false;
  const made = makerOf(linked, place);
  const inst: Inst | undefined = instAt(linked, made);
  // `new Agent({ ... })`
  if (inst?.op === 'call')
    return (
      inst.isNew === true &&
      inst.args.some((value) => hasOwnLookup(linked, { func: made.func, value }, depth + 1))
    );
  if (inst?.op !== 'object') return false;
  for (const name of lookups) {
    const lookup = entry(linked, made, name);
    const functions = lookup ? linked.functions(lookup.func, lookup.value) : [];
    if (functions.some((one) => refuses(linked, one))) return true;
  }
  return agents.some((name) => {
    const agent = entry(linked, made, name);
    return agent !== undefined && hasOwnLookup(linked, agent, depth + 1);
  });
}

/** Whether a function, or one that is made in it, throws, or makes an error to hand on: one that only keeps addresses does not. */
function refuses({ program }: Linked, id: number): boolean {
  const info = program.functions[id];
  const functions = info ? (program.modules[info.module]?.functions ?? []) : [];
  const own = info ? id - (program.firstFunc[info.module] ?? 0) : -1;
  return functions.some((func, index) => {
    let at = index;
    for (let depth = 0; depth < maxInner && at !== own && at >= 0; depth++) at = functions[at]?.outer ?? -1;
    return (
      at === own &&
      (func.blocks.some(({ end }) => end.kind === 'throw') ||
        func.code.some((inst) => makesError(func, inst)))
    );
  });
}

/** Functions in functions. */
const maxInner = 5;

function makesError({ code }: Func, inst: Inst): boolean {
  const callee = inst.op === 'call' && inst.isNew ? code[inst.callee] : undefined;
  return (
    (callee?.op === 'global' ||
      callee?.op === 'import' ||
      callee?.op === 'cell-load' ||
      callee?.op === 'class') &&
    (callee.op === 'global' || callee.op === 'import' ? /Error|Exception/.test(callee.name) : true)
  );
}
