import { type Account, parseAccount, requireOtherAccount } from './account.ts';
import { isLoopback } from './address.ts';
import { type Endpoint, parseEndpoint, parseResolver } from './endpoint.ts';
import { Mistake, wrong } from './mistake.ts';
import { atMostOne, forbid, type RulesOptions, required } from './rules-options.ts';

/** What a packet filter is told: only checked values, each once. */
export interface PacketPlan {
  readonly app: Account;
  readonly gateways: readonly Endpoint[];
  /** Over UDP and TCP. None: the application asks nobody for names. */
  readonly resolvers: readonly Endpoint[];
  /** Over TCP, loopback as well. */
  readonly allowed: readonly Endpoint[];
}

/** @throws {Mistake} for everything that nftables and iptables cannot say, rather than leaving it out. */
export function packetPlan(options: RulesOptions): PacketPlan {
  const podsOnly = 'A packet filter sees users and addresses, not pods or labels.';
  forbid(options, ['pods', 'namespace'], podsOnly, 'Use --user or --group here, or --format kubernetes.');
  const app = subject(options);
  for (const option of ['gateway', 'resolver', 'allow'] as const) {
    for (const value of options[option]) refuseSelectors(`--${option}`, value);
  }
  const gateways = required(options, 'gateway').map(parseEndpoint);
  const kept = app.kind === 'user' ? 'gateway-user' : 'gateway-group';
  const other = app.kind === 'user' ? 'gateway-group' : 'gateway-user';
  forbid(options, [other], `The rules match only the ${app.kind}.`, `Use --${kept}.`);
  const gatewayAccount = atMostOne(options, kept);
  if (gatewayAccount) requireOtherAccount(app, parseAccount(app.kind, gatewayAccount));
  else if (gateways.some(isLoopback)) {
    throw new Mistake(
      'egress/option',
      `--${kept} is missing, and the gateway is on this machine.`,
      `A gateway that runs as the application's ${app.kind} would be cut off with it.`,
      `Give the ${app.kind} that the gateway runs as: --${kept} bulwark-gateway.`,
    );
  }
  return {
    app,
    gateways: unique(gateways),
    resolvers: unique(options.resolver.map((value) => parseResolver({ option: '--resolver', value }))),
    allowed: unique(options.allow.map((value) => parseEndpoint({ option: '--allow', value }))),
  };
}

function subject(options: RulesOptions): Account {
  const [user, group] = [atMostOne(options, 'user'), atMostOne(options, 'group')];
  if (user && !group) return parseAccount('user', user);
  if (group && !user) return parseAccount('group', group);
  throw new Mistake(
    'egress/option',
    user ? 'Both --user and --group are given.' : 'Neither --user nor --group is given.',
    'The rules are for one application, identified by one of the two.',
    'Add --user with the user that the application runs as.',
  );
}

function refuseSelectors(option: string, value: string): void {
  const given = { option, value };
  if (value.includes('=')) {
    throw wrong(
      'egress/option',
      given,
      'is a selector of pods',
      'A packet filter does not know pods or labels.',
      'Give an address and a port, or use --format kubernetes.',
    );
  }
  if (/^[\][0-9a-f.:]+\/\d+/i.test(value)) {
    throw wrong(
      'egress/range',
      given,
      'is a range',
      'A range would allow machines that nobody named.',
      'Give each address separately. The option is repeatable.',
    );
  }
}

function unique(endpoints: readonly Endpoint[]): Endpoint[] {
  return [...new Map(endpoints.map((endpoint) => [`${endpoint.text} ${endpoint.port}`, endpoint])).values()];
}
