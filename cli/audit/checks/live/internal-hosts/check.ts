/**
 * Looks at whether this machine reaches the addresses that were given with `--host-probe`: by one connection each, without a request. Run it
 * on the machine, or in the container, that serves the site.
 *
 * ## Why
 * What the web tier can reach, a request that an attacker chooses can reach.
 *
 * ## Passes
 * Each of them is silent or unreachable. It speaks of this machine and these addresses only, so a pass here alone does not pass the line.
 *
 * ## Fails
 * A connection succeeds.
 *
 * ## Unknown
 * One is refused: by a firewall, or by the host itself, which then was reached.
 *
 * ## How to fix
 * ```sh
 * nft add rule inet filter output ip daddr 10.0.0.0/8 drop
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, pass, unknown } from '../../../check/outcome.ts';
import { shownProbe } from '../../../live/judge/shown-probe.ts';

const fix =
  'Let the web tier reach only what it needs: deny outbound traffic by default, or send it through `bulwark-gateway`.';

export const check: Check = {
  id: 'live/internal-hosts',
  aspect: 'firewall/egress',
  title: 'This machine does not reach the internal addresses that were given.',
  why: 'What the web tier can reach, a request that an attacker chooses can reach.',
  weight: 'part',
  severity: 'high',
  cwe: [918],
  asvs: ['13.2.4'],
  run: ({ host }) => {
    const probes = host?.probes.filter(({ kind }) => kind === 'given') ?? [];
    if (probes.length === 0) return [];
    const open = probes.filter(({ state }) => state === 'open');
    if (open.length > 0) return [fail('This machine reaches internal addresses.', open.map(shownProbe), fix)];
    const refused = probes.filter(({ state }) => state === 'refused');
    if (refused.length > 0)
      return [
        unknown(
          'Connections are refused by a firewall, or by the host itself.',
          fix,
          refused.map(shownProbe),
        ),
      ];
    return [pass('This machine reaches none of the addresses that were given.', probes.map(shownProbe))];
  },
};
