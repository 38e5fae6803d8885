import dns, { type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { codes } from '../../refusal/codes.ts';
import { type Denied, deny } from '../../refusal/decision.ts';
import { parseAddress } from '../address/address.ts';
import { decideAddress } from '../policy/destination.ts';
import type { FetchPolicy } from '../policy/policy.ts';
import { readAnswers } from './read-answers.ts';

/** A literal stands for itself; undefined for a name. A literal never reaches a `lookup`. */
export function literalAnswer(hostname: string): readonly LookupAddress[] | undefined {
  if (parseAddress(hostname) === undefined) return undefined;
  return [{ address: hostname, family: hostname.includes(':') ? 6 : 4 }];
}

/**
 * Every address of a name, as `net` would ask for it: the operating system's resolver, with its hosts file and search
 * list. A resolver of one's own (c-ares) would give other answers than the connection gets. Calls back once, and throws
 * nothing, whatever stands in the place of `dns.lookup`.
 */
export function resolveName(
  hostname: string,
  options: dns.LookupOptions,
  callback: (error: Error | null, answers: readonly LookupAddress[]) => void,
): void {
  // Read from the module at this moment, so that whoever replaced it (a resolver of the operator's) is asked.
  readAnswers((settle) => dns.lookup(hostname, { ...options, all: true }, settle), callback);
}

/** Hands checked answers to `net`, as it asks for them: all, so that it may try one after the other, or the first. */
export function giveAnswers(
  answers: readonly LookupAddress[],
  { all }: dns.LookupOptions,
  callback: Parameters<LookupFunction>[2],
): void {
  const [first] = answers;
  if (!first) callback(Object.assign(new Error('Nothing was checked.'), { code: 'ENOTFOUND' }), []);
  else if (all) callback(null, [...answers]);
  else callback(null, first.address, first.family);
}

/**
 * One bad answer denies the whole list: a mixed one is an attack, or a mistake that picks by chance. Of several
 * denials the one that report mode never lets pass comes first.
 */
export function decideAnswers(
  answers: readonly LookupAddress[],
  host: string,
  port: number,
  policy: FetchPolicy,
): Denied | undefined {
  let first: Denied | undefined;
  for (const { address: text } of answers) {
    const address = parseAddress(text);
    const decision =
      address === undefined
        ? unreadable(host, text)
        : // As rules are compared: a mapped literal is its IPv4 address.
          decideAddress(host, port, address, policy);
    if (decision.allow) continue;
    if (!reportable(decision)) return decision;
    first ??= decision;
  }
  return first;
}

/** Not by a code that report mode lets pass: who cannot read an address cannot know that it is no metadata service. */
function unreadable(host: string, text: string): Denied {
  return deny('fetch/invalid-url', {
    url: host,
    why: `an address that cannot be read: ${text.slice(0, 64)}`,
  });
}

function reportable({ code }: Denied): boolean {
  return Object.hasOwn(codes[code], 'reportable');
}

const any4 = parseAddress('0.0.0.0');

/** The peer must be one of the addresses that were checked, whatever stands between `lookup` and the socket. */
export function decidePeer(
  peer: string,
  answers: readonly LookupAddress[],
  host: string,
): Denied | undefined {
  // In the same spelling nearly always: nothing needs reading twice.
  if (answers.some((answer) => answer.address === peer)) return undefined;
  const address = parseAddress(peer);
  const checked = answers.map((answer) => parseAddress(answer.address));
  // Who dials 0.0.0.0 or ::, where that was let through, is connected to an address of this machine.
  if (checked.includes(address) || checked.some((one) => one === any4 || one === 0n)) return undefined;
  const detail = { host, address: peer, rule: 'not the checked address' };
  return { allow: false, code: 'fetch/private-address', detail };
}
