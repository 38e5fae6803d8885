import { createHash } from 'node:crypto';
import type { Endpoint } from './endpoint.ts';
import { metadataAddresses } from './metadata.ts';
import type { PacketPlan } from './packet-plan.ts';
import { summary } from './summary.ts';

/**
 * A script for `sh` that loads the rules of both families, each in one transaction. It replaces the chains of the same
 * application and puts the jump to them first in OUTPUT, so that no older rule accepts before them.
 */
export function iptablesRules(plan: PacketPlan): string {
  const chain = chainName(plan);
  const owner = `-m owner --${plan.app.kind === 'user' ? 'uid' : 'gid'}-owner ${plan.app.id}`;
  const lines = [
    '#!/bin/sh',
    ...summary(plan).map((line) => `# ${line}`),
    `# To see what was blocked: iptables -nvL ${chain}; ip6tables -nvL ${chain}`,
    'set -eu',
    'PATH=/usr/sbin:/sbin:$PATH',
    '# Both are required: rules for one address family would leave the other open.',
    'command -v iptables-restore >/dev/null',
    'command -v ip6tables-restore >/dev/null',
    `jump='${owner} -j ${chain}'`,
    'move_jump() {',
    '  # shellcheck disable=SC2086',
    '  if "$1" -w -C OUTPUT $jump 2>/dev/null; then echo "-D OUTPUT $jump"; fi',
    '  echo "-I OUTPUT 1 $jump"',
    '}',
    ...family(plan, chain, 6),
    ...family(plan, chain, 4),
  ];
  return `${lines.join('\n')}\n`;
}

function family(plan: PacketPlan, chain: string, version: 4 | 6): string[] {
  const program = version === 4 ? 'iptables' : 'ip6tables';
  const refuse = [
    '-p tcp -j REJECT --reject-with tcp-reset',
    `-j REJECT --reject-with ${version === 4 ? 'icmp-admin-prohibited' : 'icmp6-adm-prohibited'}`,
  ];
  const log = (prefix: string): string =>
    `-m limit --limit 6/minute --limit-burst 5 -j LOG --log-uid --log-prefix "${prefix}"`;
  const metadata = version === 4 ? metadataAddresses.ipv4 : metadataAddresses.ipv6;
  const app = [
    ...accept(plan.resolvers, version, ['udp', 'tcp']),
    ...metadata.map((address) => `-d ${address} -j ${chain}.m`),
    ...accept([...plan.gateways, ...plan.allowed], version, ['tcp']),
    '-m conntrack --ctdir REPLY --ctstate ESTABLISHED -j ACCEPT',
    '-m conntrack --ctstate INVALID -j DROP',
    log('bulwark-egress: '),
    ...refuse,
  ];
  return [
    '{',
    "  cat <<'RULES'",
    '*filter',
    `:${chain} - [0:0]`,
    `:${chain}.m - [0:0]`,
    ...[log('bulwark-egress metadata: '), ...refuse].map((rule) => `-A ${chain}.m ${rule}`),
    ...app.map((rule) => `-A ${chain} ${rule}`),
    'RULES',
    `  move_jump ${program}`,
    '  echo COMMIT',
    `} | ${program}-restore -w --noflush`,
  ];
}

function accept(endpoints: readonly Endpoint[], version: 4 | 6, protocols: readonly string[]): string[] {
  return endpoints
    .filter((endpoint) => endpoint.family === version)
    .flatMap(({ text, port }) =>
      protocols.map((protocol) => `-d ${text} -p ${protocol} --dport ${port} -j ACCEPT`),
    );
}

/** At most 28 bytes, 2 of them for `.m`. No account has a dot in its name, so that none is taken for another. */
function chainName({ app }: PacketPlan): string {
  const start = `bulwark-${app.kind === 'user' ? 'u' : 'g'}`;
  if (app.id.length <= 16) return `${start}-${app.id}`;
  return `${start}.${createHash('sha256').update(app.id).digest('hex').slice(0, 16)}`;
}
