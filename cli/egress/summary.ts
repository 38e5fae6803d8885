import type { Endpoint } from './endpoint.ts';
import type { PacketPlan } from './packet-plan.ts';

/** What the rules do, for the comment at the top of the file. */
export function summary({ app, gateways, resolvers, allowed }: PacketPlan): string[] {
  return [
    `Made by \`bulwark egress rules\`. The ${app.kind} ${app.id} may open connections to these, and to nothing else:`,
    `  gateway  ${list(gateways)}`,
    `  resolver ${resolvers.length > 0 ? `${list(resolvers)} (UDP and TCP)` : 'none: DNS is closed'}`,
    `  allowed  ${allowed.length > 0 ? list(allowed) : 'none'}`,
    'Closed are IPv4 and IPv6, every protocol, and loopback too: a database on 127.0.0.1 needs --allow. Answers to',
    'connections that others open to it pass. Load the rules before the application starts.',
    ...(app.kind === 'group'
      ? [
          'A process counts by its primary group alone: one that only belongs to the group besides is not covered. One with',
          'any other group leaves by a set-group-ID program of that group, unless it runs with NoNewPrivileges.',
        ]
      : []),
  ];
}

function list(endpoints: readonly Endpoint[]): string {
  return endpoints
    .map(({ family, text, port }) => (family === 4 ? `${text}:${port}` : `[${text}]:${port}`))
    .join(' ');
}
