import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { isIP } from 'node:net';
import { parseAddress } from '../../fetch/address/address.ts';
import { hostOf } from '../../fetch/policy/host-rule.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { replaceMethod, type Undo } from '../replace-method.ts';
import type { EgressWatch } from './egress-watch.ts';

/** Public, as example.com had it: what only looks for private addresses goes on, and is seen. */
export const standIn = '93.184.215.14';

/** A test may have replaced it, as jest's clock does, by one that it winds itself. */
const { nextTick } = process;

type Names = Readonly<Record<string, readonly string[]>>;
type Answered = (error: Error | null, answers: dns.LookupAddress[]) => void;

/** Answers `dns.lookup` from a table. The resolver's other functions fail: they would send datagrams of their own. */
export function nameTable(names: Names, watch: EgressWatch): () => Undo {
  const table = readNames(names);
  const answers = (host: string): dns.LookupAddress[] =>
    (table.get(hostOf(host)) ?? [standIn]).map((address) => ({ address, family: isIP(address) }));
  const passes = (host: unknown): host is undefined =>
    typeof host !== 'string' ||
    host === '' ||
    isIP(host) !== 0 ||
    (watch.allowsName(host) && !table.has(hostOf(host)));

  return () => {
    const undone: Undo[] = [
      replaceMethod(
        dns,
        'lookup',
        (lookup) =>
          function (...args) {
            const [host, given] = args;
            const done = args.at(-1);
            if (passes(host) || typeof done !== 'function') return lookup.apply(this, args);
            const list = answers(host as string);
            const all =
              typeof given === 'object' && given !== null && (given as dns.LookupOptions).all === true;
            nextTick(() => {
              if (all) (done as Answered)(null, list);
              else (done as (...values: unknown[]) => void)(null, list[0]?.address, list[0]?.family);
            });
            return {};
          },
      ),
      replaceMethod(
        dns.promises,
        'lookup',
        (lookup) =>
          async function (...args) {
            const [host, given] = args;
            if (passes(host)) return lookup.apply(this, args);
            const list = answers(host as string);
            return (given as dns.LookupOptions | undefined)?.all === true ? list : list[0];
          },
      ),
      ...[dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype].flatMap((target) =>
        queries.map((name) =>
          replaceMethod(target, name, () => (...args) => {
            const error = watch.refuse('a query of the DNS', String(args[0]).slice(0, 256));
            const done = args.at(-1);
            if (typeof done !== 'function') return Promise.reject(error);
            nextTick(done as (error: Error) => void, error);
            return {};
          }),
        ),
      ),
    ];
    syncBuiltinESMExports();
    return () => {
      for (const undo of undone.reverse()) undo();
      syncBuiltinESMExports();
    };
  };
}

const queries = [
  ...[
    'resolve',
    'resolve4',
    'resolve6',
    'resolveAny',
    'resolveCaa',
    'resolveCname',
    'resolveMx',
    'resolveNaptr',
  ],
  ...[
    'resolveNs',
    'resolvePtr',
    'resolveSoa',
    'resolveSrv',
    'resolveTlsa',
    'resolveTxt',
    'reverse',
    'lookupService',
  ],
];

function readNames(names: Names): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.entries(names).map(([name, addresses]) => {
      const usable = Array.isArray(addresses) && addresses.length > 0;
      if (!usable || addresses.some((address) => parseAddress(address) === undefined)) {
        throw new Misuse('bulwark/invalid-option', `names: ${name} takes a list of IP addresses.`);
      }
      return [hostOf(name), addresses];
    }),
  );
}
