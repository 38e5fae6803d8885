/**
 * Looks at whether this machine reaches the metadata address of clouds, only with `--host-probe`: by one connection, without a request. Run
 * it on the machine, or in the container, that serves the site.
 *
 * ## Why
 * A request that an attacker chooses can ask that address for the credentials of the machine.
 *
 * ## Passes
 * No connection succeeds. It speaks of this machine only, so a pass here alone does not pass the line.
 *
 * ## Fails
 * Nothing fails it: a service that answers may require tokens.
 *
 * ## Unknown
 * A connection succeeds.
 *
 * ## How to fix
 * ```sh
 * iptables -A OUTPUT -d 169.254.169.254 -m owner ! --uid-owner root -j REJECT
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { pass, unknown } from '../../../check/outcome.ts';
import { shownProbe } from '../../../live/judge/shown-probe.ts';

const fix =
  'Refuse connections of the application to 169.254.169.254, or require session tokens (IMDSv2) with a hop limit of 1.';

export const check: Check = {
  id: 'live/metadata-probe',
  aspect: 'metadata/blocked',
  title: 'This machine does not reach the metadata address of clouds.',
  why: 'A request that an attacker chooses can ask that address for credentials.',
  weight: 'part',
  severity: 'high',
  cwe: [918],
  asvs: ['13.2.4'],
  run: ({ host }) => {
    const probes = host?.probes.filter(({ kind }) => kind === 'metadata') ?? [];
    if (probes.length === 0) return [];
    const open = probes.filter(({ state }) => state === 'open');
    return open.length > 0
      ? [
          unknown(
            'This machine reaches the metadata address, which may or may not require tokens.',
            fix,
            open.map(shownProbe),
          ),
        ]
      : [pass('This machine does not reach the metadata address.', probes.map(shownProbe))];
  },
};
