import { iptablesRules } from './iptables.ts';
import { kubernetesPolicy } from './kubernetes.ts';
import { Mistake, wrong } from './mistake.ts';
import { nftablesRules } from './nftables.ts';
import { packetPlan } from './packet-plan.ts';
import { podPlan } from './pod-plan.ts';
import { atMostOne, type RulesOptions } from './rules-options.ts';

const formats: Readonly<Record<string, (options: RulesOptions) => string>> = {
  nftables: (options) => nftablesRules(packetPlan(options)),
  iptables: (options) => iptablesRules(packetPlan(options)),
  kubernetes: (options) => kubernetesPolicy(podPlan(options)),
};

/**
 * The text of `bulwark egress rules`: rules that close everything for one application but its gateway, its resolver and
 * what was allowed.
 *
 * @throws {Mistake} for a value that is wrong, and for one that the format cannot express.
 */
export function egressRules(options: RulesOptions): string {
  const fix = 'Give --format nftables, iptables or kubernetes.';
  const given = atMostOne(options, 'format');
  if (!given)
    throw new Mistake('egress/format', '--format is missing.', 'Each format is loaded differently.', fix);
  const make = Object.hasOwn(formats, given.value) ? formats[given.value] : undefined;
  if (make) return make(options);
  throw wrong('egress/format', given, 'is not a format', 'No other format is supported.', fix);
}
