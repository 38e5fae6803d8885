import type { Linked } from '../callgraph/linked.ts';
import { origin } from '../callgraph/query/called-on.ts';
import { instOf, madeBy, type Place } from '../callgraph/query/made-by.ts';
import type { Call, ValueId } from '../ir/ir.ts';

/** The options of clients that take an agent. Node's own fetch, and undici, ignore it. */
const clients: ReadonlyMap<string, readonly string[]> = new Map([
  ['node-fetch', ['agent']],
  ['http', ['agent']],
  ['https', ['agent']],
  ['node:http', ['agent']],
  ['node:https', ['agent']],
  ['axios', ['httpAgent', 'httpsAgent']],
]);

/**
 * The name of the package whose agent a request uses, if that agent rejects private addresses when it connects. The only
 * such package is `request-filtering-agent`, if it is used with its default options. Undefined for other requests.
 */
export function guardedAgent(linked: Linked, func: number, call: Call): string | undefined {
  const client = packageOf(linked, { func, value: call.callee });
  const wanted = client === undefined ? undefined : clients.get(client);
  if (!wanted || call.spread) return undefined;
  for (const arg of call.args) {
    const options = madeBy(linked, { func, value: arg });
    const inst = instOf(linked, options);
    if (inst?.op !== 'object' || inst.keys.some((key) => typeof key !== 'string')) continue;
    const agents = wanted.map((name) => inst.values[inst.keys.lastIndexOf(name)]);
    if (agents.every((value) => value !== undefined && isFiltering(linked, { func: options.func, value })))
      return 'request-filtering-agent';
  }
  return undefined;
}

/**
 * `useAgent(url)`, `globalHttpsAgent`, `new RequestFilteringHttpsAgent()`. With options it may allow addresses that it refuses by
 * default.
 */
function isFiltering(linked: Linked, from: Place): boolean {
  const place = origin(linked, from);
  const inst = instOf(linked, place);
  if (inst?.op === 'import')
    return inst.specifier === 'request-filtering-agent' && /^globalHttps?Agent$/.test(inst.name);
  if (inst?.op !== 'call' || inst.spread) return false;
  const callee = instOf(linked, origin(linked, { func: place.func, value: inst.callee }));
  if (callee?.op !== 'import' || callee.specifier !== 'request-filtering-agent') return false;
  return callee.name === 'useAgent'
    ? inst.args.length === 1
    : /^RequestFilteringHttps?Agent$/.test(callee.name) && inst.args.length === 0;
}

const maxHops = 4;

function packageOf(linked: Linked, from: Place): string | undefined {
  let value: ValueId = from.value;
  let { func } = from;
  for (let hop = 0; hop < maxHops; hop++) {
    const place = origin(linked, { func, value });
    const inst = instOf(linked, place);
    if (inst?.op === 'import') return inst.specifier;
    if (inst?.op !== 'member') return undefined;
    func = place.func;
    value = inst.object;
  }
  return undefined;
}
