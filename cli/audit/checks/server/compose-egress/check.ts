/**
 * Looks at the networks of the services of compose in the files that production may use, but for databases, servers in front and
 * gateways. Nothing is said of a project in which no service is kept on internal networks.
 *
 * ## Why
 * With SSRF, or after a break-in, an application reaches whatever its network reaches: other databases, the metadata service, the internet.
 *
 * ## Passes
 * Each of these services has internal networks only (`internal: true`), or none. What has to go out goes through a gateway that
 * stands on an outer network too.
 *
 * ## Fails
 * Beside services that are kept so, one takes the network of the host (`network_mode: host`).
 *
 * ## Unknown
 * Only some of these services are kept on internal networks; or a network is made elsewhere (`external: true`).
 *
 * ## How to fix
 * ```yaml
 * services:
 *   app:
 *     build: .
 *     networks: [inside]
 *   gateway:
 *     build: ./gateway   # bulwark-gateway
 *     networks: [inside, outside]
 * networks:
 *   inside: { internal: true }
 *   outside: {}
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { composeView } from '../../../files/container/compose-file.ts';
import { type ServiceNetworks, serviceNetworks } from '../../../files/container/service-networks.ts';
import type { Subject } from '../../../subject/subject.ts';

const fix =
  'Put the services on a network with `internal: true`, and let a gateway such as bulwark-gateway stand on an outer network too.';

export const check: Check = {
  id: 'server/compose-egress',
  aspect: 'firewall/egress',
  title: 'Services of compose have internal networks only.',
  why: 'With SSRF, or after a break-in, an application reaches whatever its network reaches.',
  severity: 'medium',
  cwe: [918, 923],
  asvs: ['13.2.4'],
  run: (subject) => look(subject),
};

function look(subject: Subject): readonly Outcome[] {
  const view = composeView(subject);
  const own = serviceNetworks(view, subject.read).filter(({ isOwn, isGateway }) => isOwn && !isGateway);
  const kept = own.filter(({ reach }) => reach === 'inside');
  if (kept.length === 0) return [];
  const rest = own.filter(({ reach }) => reach !== 'inside');
  const onHost = rest.filter(({ networks }) => networks.includes('network_mode: host'));
  if (onHost.length > 0)
    return [
      fail(
        'A service takes the network of the host, beside others that are kept inside.',
        onHost.map(evidenceOf),
        fix,
      ),
    ];
  if (rest.length > 0)
    return [
      unknown('Only some services are known to be kept on internal networks.', fix, rest.map(evidenceOf)),
    ];
  if (view.gaps.length > 0)
    return [unknown('A compose file could not be read.', 'Correct the file.', view.gaps)];
  return [
    pass(
      'All services but databases, servers in front and gateways have internal networks only.',
      kept.map(evidenceOf),
    ),
  ];
}

function evidenceOf({ name, path, line, networks }: ServiceNetworks): Evidence {
  return { text: `${name}: ${networks.length === 0 ? 'no network' : networks.join(', ')}`, path, line };
}
