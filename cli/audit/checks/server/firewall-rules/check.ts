/**
 * Looks at firewall rules for outbound traffic in files of nftables, iptables and ufw.
 *
 * ## Why
 * With SSRF, or after a break-in, an application reaches whatever its network reaches.
 *
 * ## Passes
 * The chain for output drops what no rule allows: `policy drop`, `:OUTPUT DROP`, `ufw default deny outgoing`.
 *
 * ## Fails
 * It accepts all, with no rule that drops anything.
 *
 * ## Unknown
 * Some traffic is dropped, or rules are there for IPv4 only.
 *
 * ## How to fix
 * `bulwark egress nftables` writes such rules. The start of them:
 * ```text
 * table inet filter {
 *   chain output {
 *     type filter hook output priority 0; policy drop;
 *     oif lo accept
 *   }
 * }
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, pass, unknown } from '../../../check/outcome.ts';
import { outputRules } from '../../../files/firewall/output-rules.ts';

const fix =
  'Let the chain for output drop what no rule allows (`policy drop`), and allow what the application needs: `bulwark egress` writes such rules.';

export const check: Check = {
  id: 'server/firewall-rules',
  aspect: 'firewall/egress',
  title: 'The firewall drops outbound traffic that no rule allows.',
  why: 'With SSRF, or after a break-in, an application reaches whatever its network reaches.',
  severity: 'medium',
  cwe: [918, 923],
  asvs: ['13.2.4'],
  run: (subject) => {
    const all = outputRules(subject);
    // Files for both families: `rules.v4` alone leaves the other open.
    const paths = [...new Set(all.map(({ path }) => path))];
    const onlyOld =
      paths.some((path) => /\.v4$|iptables/.test(path)) &&
      !paths.some((path) => /\.v6$|ip6tables|\.nft|nftables/.test(path)) &&
      !paths.some((path) => /ip6tables|\bipv6\b/i.test(subject.read(path) ?? ''));
    return all.map(({ state, evidence, path }) => {
      if (state === 'open') return fail('The firewall allows all outbound traffic.', evidence, fix);
      if (state === 'unknown' || (onlyOld && /\.v4$|iptables/.test(path)))
        return unknown('The firewall drops some outbound traffic, or that of IPv4 only.', fix, evidence);
      return pass('The firewall drops outbound traffic that no rule allows.', evidence);
    });
  },
};
