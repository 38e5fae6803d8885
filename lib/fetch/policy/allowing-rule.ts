import { parseAddress } from '../address/address.ts';
import { classify } from '../address/classify.ts';
import { privateRuleFor } from './destination.ts';
import { matchesHost } from './host-rule.ts';
import type { FetchPolicy } from './policy.ts';

/** Which rule of the policy lets a connection pass, for the log. */
export function allowingRule(
  host: string,
  port: number,
  peer: string | undefined,
  policy: FetchPolicy,
): string {
  const address = parseAddress(peer ?? host);
  const opened = address === undefined ? undefined : privateRuleFor(host, port, address, policy);
  if (opened) return `allowPrivate ${opened.host.wildcard ? '*.' : ''}${opened.host.name}`;
  const named = policy.hosts?.find((rule) => matchesHost(rule, host));
  if (named) return `hosts ${named.wildcard ? '*.' : ''}${named.name}`;
  return address === undefined ? 'hosts public' : `hosts public, ${classify(address, policy).rule}`;
}
