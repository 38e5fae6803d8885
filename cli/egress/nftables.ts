import type { Endpoint } from './endpoint.ts';
import { metadataAddresses } from './metadata.ts';
import type { PacketPlan } from './packet-plan.ts';
import { summary } from './summary.ts';

/** A file for `nft -f`: one transaction, which replaces the table of the same application and touches no other. */
export function nftablesRules(plan: PacketPlan): string {
  const { app } = plan;
  const table = `table inet bulwark-egress-${app.kind}-${app.id}`;
  const lines = [
    '#!/usr/sbin/nft -f',
    ...summary(plan).map((line) => `# ${line}`),
    '# To see what was blocked: nft list counters',
    table,
    `delete ${table}`,
    `${table} {`,
    ...['resolver', 'metadata', 'gateway', 'allowed', 'answers', 'invalid', 'refused'].map(
      (counter) => `  counter ${counter} {}`,
    ),
    '  chain output {',
    '    type filter hook output priority filter; policy accept;',
    // Quoted, as an account may be called like a word of nft. A packet without a socket is not matched.
    `    meta ${app.kind === 'user' ? 'skuid' : 'skgid'} ${/^[0-9]/.test(app.id) ? app.id : `"${app.id}"`} jump app`,
    '  }',
    '  chain app {',
    ...accept(plan.resolvers, ['udp', 'tcp'], 'resolver'),
    '    # Named first, for a counter and a log line of its own',
    `    ip daddr { ${metadataAddresses.ipv4.join(', ')} } counter name metadata goto metadata`,
    `    ip6 daddr { ${metadataAddresses.ipv6.join(', ')} } counter name metadata goto metadata`,
    ...accept(plan.gateways, ['tcp'], 'gateway'),
    ...accept(plan.allowed, ['tcp'], 'allowed'),
    '    # What others opened to the application. What it opens itself is decided by destination, packet by packet.',
    '    ct direction reply ct state established counter name answers accept',
    '    # A reset for a packet that came too late would end a good connection.',
    '    ct state invalid counter name invalid drop',
    '    limit rate 6/minute burst 5 packets log prefix "bulwark-egress: " flags skuid',
    '    counter name refused goto refuse',
    '  }',
    '  chain metadata {',
    '    limit rate 6/minute burst 5 packets log prefix "bulwark-egress metadata: " flags skuid',
    '    goto refuse',
    '  }',
    '  chain refuse {',
    '    meta l4proto tcp reject with tcp reset',
    '    reject with icmpx admin-prohibited',
    '  }',
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

function accept(endpoints: readonly Endpoint[], protocols: readonly string[], counter: string): string[] {
  return ([4, 6] as const).flatMap((family) => {
    const elements = endpoints
      .filter((endpoint) => endpoint.family === family)
      .map(({ text, port }) => `${text} . ${port}`);
    if (elements.length === 0) return [];
    const to = family === 4 ? 'ip daddr' : 'ip6 daddr';
    return protocols.map(
      (protocol) => `    ${to} . ${protocol} dport { ${elements.join(', ')} } counter name ${counter} accept`,
    );
  });
}
