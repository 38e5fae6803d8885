import { BlockList, isIP, isIPv6 } from 'node:net';
import type { AttackCase, EgressCase, LegitimateCase } from './egress-case.ts';
import { isAttack } from './egress-case.ts';
import { hopsOf } from './hops.ts';
import type { CaseRun } from './sealed-cases.ts';
import { isSpecialAddress, unmappedAddress } from './special-addresses.ts';
import type { Contact } from './world.ts';

export type Fault = 'reached' | 'lost' | 'uncaught' | 'hung';

export interface Verdict {
  readonly name: string;
  readonly faults: readonly Fault[];
  /** In words, for who looks into it. */
  readonly reasons: readonly string[];
}

/** What a run says about the guard. */
export function judge(one: EgressCase, run: CaseRun): Verdict {
  const found: [Fault, string][] = run.uncaught.map((text) => ['uncaught', text]);
  if (run.outcomes.some(({ state }) => state === 'hung')) found.push(['hung', 'no answer']);
  const fault: Fault = isAttack(one) ? 'reached' : 'lost';
  const reasons = isAttack(one) ? reachedBy(one, run) : lostBy(one, run);
  found.push(...reasons.map((reason): [Fault, string] => [fault, reason]));
  return {
    name: one.name,
    faults: [...new Set(found.map(([name]) => name))],
    reasons: found.map(([, reason]) => reason),
  };
}

function reachedBy(one: AttackCase, run: CaseRun): string[] {
  const { expect } = one;
  if ('contactsOnly' in expect) {
    return run.contacts
      .filter(({ address }) => !expect.contactsOnly.some((allowed) => same(allowed, address)))
      .map(({ address, port }) => `contacted ${address} port ${port}`);
  }
  const special = run.contacts.filter((contact) => isPrize(contact, one));
  const contacted = special.map(({ address, port }) => `contacted ${address} port ${port}`);
  if ('withheld' in expect) {
    const { headers = {} } = run.contacts.flatMap(({ requests }) => requests).at(-1) ?? {};
    const shown = expect.withheld.filter((name) => name.toLowerCase() in headers);
    const answered = run.outcomes.every(({ state }) => state === 'answered');
    return [...contacted, ...shown.map((name) => `sent ${name}`), ...(answered ? [] : ['not even answered'])];
  }
  const answers = run.outcomes.filter(({ state }) => state === 'answered').map(() => 'got an answer');
  // Where the first address decides, there is nobody to talk to before.
  const early = one.level === 'connect' && !redirects(one) ? run.contacts : [];
  return [...contacted, ...answers, ...early.map(({ address }) => `contacted ${address} at all`)];
}

/** Whether the first hop leads on, also to what is no URL. */
function redirects(one: AttackCase): boolean {
  return hopsOf(one)[0]?.pathname === '/redirect';
}

/** A special address, but for the first hop of a case whose policy opens it. */
function isPrize({ address, port }: Contact, one: AttackCase): boolean {
  if (!isSpecialAddress(address)) return false;
  const opened = (one.policy?.allowPrivate ?? []).some(({ cidr, ports }) => {
    const [net = '', prefix] = cidr.split('/');
    const family = isIPv6(net) ? 'ipv6' : 'ipv4';
    const range = new BlockList();
    range.addSubnet(net, Number(prefix), family);
    return ports.includes(port) && isIPv6(address) === isIPv6(net) && range.check(address, family);
  });
  return !(opened && redirects(one));
}

function lostBy({ url, expect, request }: LegitimateCase, run: CaseRun): string[] {
  const reasons: string[] = [];
  const wrong = (what: string, got: unknown, wanted: unknown): void => {
    if (got !== wanted) reasons.push(`${what} is ${String(got)}, not ${String(wanted)}`);
  };
  for (const outcome of run.outcomes) {
    if (outcome.state !== 'answered') {
      reasons.push(outcome.state === 'failed' ? `failed with ${outcome.error}` : 'hung');
      continue;
    }
    wrong('the status', outcome.status, expect.status);
    if (expect.bodyBytes !== undefined) wrong('the size', outcome.bytes, expect.bodyBytes);
  }
  const last = run.contacts.filter(({ requests }) => requests.length > 0).at(-1);
  const seen = last?.requests.at(-1);
  if (!last || !seen) return [...reasons, 'nobody was reached'];
  const reached = [expect.reached, ...(expect.orReached ?? [])];
  if (!reached.some((address) => same(address, last.address)))
    wrong('the address', last.address, expect.reached);
  if (expect.method !== undefined) wrong('the method', seen.method, expect.method);
  for (const [name, value] of Object.entries(expect.headers ?? {})) wrong(name, seen.headers[name], value);
  const hop = hopsOf({ url }).at(request?.redirect === 'manual' ? 0 : -1);
  if (hop) {
    // The name that was asked for, whatever address it stood for: virtual hosts and certificates need it.
    wrong('Host', undotted(seen.headers['host']), undotted(hop.host));
    // Addresses are not sent (RFC 6066, 3).
    const named = isIP(hop.hostname.replace(/^\[|\]$/g, '')) === 0;
    if (named && seen.servername !== undefined)
      wrong('SNI', undotted(seen.servername), undotted(hop.hostname));
  }
  return reasons;
}

function undotted(host: unknown): string {
  return String(host).replace(/\.(?=$|:)/, '');
}

function same(one: string, other: string): boolean {
  return unmappedAddress(one) === unmappedAddress(other);
}
