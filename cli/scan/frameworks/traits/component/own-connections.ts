import type { Linked } from '../../../callgraph/linked.ts';
import { calledOn, instAt, type Place } from '../../../callgraph/query/called-on.ts';
import { callsOf } from '../../../callgraph/query/made-by.ts';
import { makerOf } from '../../../callgraph/query/maker-of.ts';
import { ownField } from '../../../callgraph/query/own-field.ts';
import { passedFor } from '../../../callgraph/query/passed-for.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import { testsAddresses } from '../../../guards/address-tests.ts';
import type { Call, ValueId } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';
import type { Language } from '../../../languages/language.ts';
import { entry } from '../../../schemas/written-schemas.ts';

/** The bound on clients and agents to resolve. */
const maxSteps = 40;

interface Walk {
  readonly linked: Linked;
  readonly language: Language;
  left: number;
}

/**
 * Whether the project's own code checks the IP address when the client connects, such as in `fetch(url, { dispatcher })`
 * with a custom `lookup` in the agent, or in `httpx.Client(transport=PublicOnly())`. A transport that checks no address
 * does not count, such as one for retries. Node calls no `lookup` for a literal IP address, so the program must check those
 * as well, with `isIP`.
 */
export function connectsByItself({ linked, id, func, language }: FunctionView, inst: Call): boolean {
  const walk: Walk = { linked, language, left: maxSteps };
  const callee = func.code[inst.callee];
  if (callee?.op === 'member' && isOwnClient(walk, { func: id, value: callee.object })) return true;
  return !language.hasKeywordArguments && inst.args.some((value) => hasOwnLookup(walk, { func: id, value }));
}

/** Whether a client checks addresses. It may be in a field, or all callers may pass such a client. */
function isOwnClient(walk: Walk, place: Place): boolean {
  const { linked, language } = walk;
  if (walk.left-- <= 0) return false;
  const made = makerOf(linked, place);
  const inst = instAt(linked, made);
  const areOwn = (places: readonly Place[]): boolean =>
    places.length > 0 && places.every((one) => isOwnClient(walk, one));
  switch (inst?.op) {
    case 'call':
      return language.hasKeywordArguments
        ? hasOwnTransport(linked, made, inst) || mountsOwn(linked, made)
        : inst.args.some((value) => hasOwnLookup(walk, { func: made.func, value }));
    case 'member':
      return (
        instAt(linked, { ...made, value: inst.object })?.op === 'this' &&
        areOwn(ownField(linked, made.func, inst.name) ?? [])
      );
    case 'param':
      return areOwn(
        callsOf(linked, made.func).flatMap((call) =>
          passedFor(linked, call, made.func, inst.index).map((value) => ({ func: call.func, value })),
        ),
      );
    default:
      return false;
  }
}

/** `httpx.AsyncClient(transport=PublicOnly())` */
function hasOwnTransport(linked: Linked, { func }: Place, { args, names }: Call): boolean {
  const transport = args[names?.indexOf('transport') ?? -1];
  return transport !== undefined && isOwnTransport(linked, func, transport);
}

/** `session.mount('https://', PublicOnly())`, and the same for `http://`. */
function mountsOwn(linked: Linked, client: Place): boolean {
  const all = mounting(linked);
  const key = `${client.func} ${client.value}`;
  let found = all.get(key);
  if (found === undefined) {
    const prefixes = calledOn(linked, client, ['mount']).flatMap(({ func, call }) => {
      const [prefix, adapter] = call.args;
      const text = prefix === undefined ? undefined : instAt(linked, { func, value: prefix });
      const isOwn = adapter !== undefined && isOwnTransport(linked, func, adapter);
      return isOwn && text?.op === 'const' ? [text.value] : [];
    });
    found = prefixes.includes('https://') && prefixes.includes('http://');
    all.set(key, found);
  }
  return found;
}

/** A cache, because each request of a session needs the result. */
const mounting = memoized((_: Linked) => new Map<string, boolean>());

/** Whether a value is an instance of a project's class that tests addresses. */
function isOwnTransport(linked: Linked, func: number, value: ValueId): boolean {
  const owners = linked.instances(func, value);
  return (
    owners.length > 0 &&
    owners.every((owner) => {
      const info = linked.program.classes[owner];
      const first = linked.program.firstFunc[info?.module ?? 0] ?? 0;
      return info?.class.methods.some((method) => testsAddresses(linked, first + method.func)) === true;
    })
  );
}

/** The options that set a client's lookup function, or the agent that makes its connections. */
const lookups = ['lookup', 'dnsLookup'] as const;
const agents = ['dispatcher', 'agent', 'connect'] as const;
/** With one agent per scheme, both must check. */
const ofSchemes = [
  ['httpAgent', 'httpsAgent'],
  ['http', 'https'],
] as const;

function hasOwnLookup(walk: Walk, place: Place): boolean {
  const { linked } = walk;
  if (walk.left-- <= 0) return false;
  const made = makerOf(linked, place);
  const inst = instAt(linked, made);
  // `new Agent({ ... })`
  if (inst?.op === 'call')
    return inst.isNew === true && inst.args.some((value) => hasOwnLookup(walk, { func: made.func, value }));
  if (inst?.op !== 'object') return false;
  const isOwn = (name: string): boolean => {
    const agent = entry(linked, made, name);
    return agent !== undefined && hasOwnLookup(walk, agent);
  };
  return (
    lookups.some((name) => isOwnLookup(linked, entry(linked, made, name))) ||
    agents.some(isOwn) ||
    ofSchemes.some((names) => names.every(isOwn))
  );
}

function isOwnLookup(linked: Linked, lookup: Place | undefined): boolean {
  const functions = lookup ? linked.functions(lookup.func, lookup.value) : [];
  return (
    functions.length > 0 && functions.every((one) => testsAddresses(linked, one)) && asksForAddresses(linked)
  );
}

/** Whether the program tests anywhere if a host is an address: `isIP(host)`. */
const asksForAddresses = memoized((linked: Linked) =>
  linked.program.instructions.some('call', ({ callee }, { func }) => {
    const inst = func.code[callee];
    return (inst?.op === 'member' || inst?.op === 'import') && /^isIPv?[46]?$|^isValid$/.test(inst.name);
  }),
);
