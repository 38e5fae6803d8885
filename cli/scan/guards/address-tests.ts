import { maxAddressTestFunctions } from '../budgets/guards.ts';
import type { Linked } from '../callgraph/linked.ts';
import { memoizedPair } from '../ir/memoized.ts';

/** Names of tests that tell private addresses from public ones. Many libraries have one, so the name alone decides. */
const strong = /^(?:check|contains|range|is_(?:global|private))$|public|private|internal|blocked|allowed/i;
/** Tests that refuse a few addresses and admit private networks. */
const weak = /^is_?(?:loopback|link_?local|reserved|multicast|unspecified)$/i;
/** Names of functions that parse an address, or test that a text is one. */
const reads = /^(?:isIPv?[46]?|ip_address|ip_network|IPv[46](?:Address|Network)|IPNetwork)$/;

/**
 * Whether a function tests if addresses are private. This is judged by the names that occur in the function and in those
 * that it calls, passes or creates.
 */
export const testsAddresses: (linked: Linked, id: number) => boolean = memoizedPair((linked, id) => {
  const names = namesIn(linked, id);
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  return has(strong) || (has(reads) && !has(weak));
});

/** The names of all members and imports in a function and in those that it calls, passes or creates, with their own names. */
function namesIn(linked: Linked, id: number): readonly string[] {
  const { functions, firstFunc } = linked.program;
  const names: string[] = [];
  const reached = new Set([id]);
  for (const one of reached) {
    const info = functions[one];
    if (!info) continue;
    // The test may be a function of the project: `addresses.every(isPublic)`.
    if (one !== id) names.push(info.func.name);
    const first = firstFunc[info.module] ?? 0;
    info.func.code.forEach((inst, value) => {
      if (inst.op === 'member' || inst.op === 'import') names.push(inst.name);
      const next = inst.op === 'call' ? linked.targets(one, value).map(({ func }) => func) : [];
      const given = inst.op === 'call' ? inst.args.flatMap((arg) => linked.functions(one, arg)) : [];
      for (const more of [...next, ...given, ...(inst.op === 'func' ? [first + inst.func] : [])])
        if (reached.size < maxAddressTestFunctions) reached.add(more);
    });
  }
  return names;
}
