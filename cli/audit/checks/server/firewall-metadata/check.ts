/**
 * Looks at whether firewall rules of nftables, iptables or ufw keep programs from the metadata service of the cloud, 169.254.169.254.
 *
 * ## Why
 * With SSRF the metadata service hands out the credentials of the machine.
 *
 * ## Passes
 * A rule drops the address before any rule allows it; or the chain for output drops what no rule allows, and no rule allows all addresses
 * of a port.
 *
 * ## Fails
 * Never: tokens of the service may be required all the same.
 *
 * ## Unknown
 * Rules for outbound traffic are there, and do not show that the address is dropped.
 *
 * ## How to fix
 * ```text
 * ip daddr 169.254.169.254 drop
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { pass, unknown } from '../../../check/outcome.ts';
import { outputRules } from '../../../files/firewall/output-rules.ts';

export const check: Check = {
  id: 'server/firewall-metadata',
  aspect: 'metadata/blocked',
  title: 'The firewall drops traffic to the metadata service.',
  why: 'With SSRF the metadata service hands out the credentials of the machine.',
  severity: 'high',
  cwe: [918],
  asvs: ['13.2.4'],
  run: (subject) => {
    const all = outputRules(subject);
    const blocking = all.filter(({ metadata }) => metadata === 'blocked');
    if (blocking.length > 0) {
      return [
        pass(
          'The firewall drops traffic to the metadata service.',
          blocking.flatMap(({ evidence }) => evidence),
        ),
      ];
    }
    const closed = all.filter(({ state }) => state !== 'open');
    if (closed.length === 0) return [];
    return [
      unknown(
        'Firewall rules do not show that traffic to the metadata service is dropped.',
        'Add before other rules of the chain for output: `ip daddr 169.254.169.254 drop`.',
        closed.flatMap(({ evidence }) => evidence),
      ),
    ];
  },
};
