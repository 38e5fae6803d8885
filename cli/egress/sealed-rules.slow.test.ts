import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { findProgram } from '../../checks/machine/program.ts';
import { runSealed, whyNotSealed } from '../../checks/machine/sealed.ts';
import type { Attempt, SealedEgressPlan, SealedEgressReport } from '../../checks/machine/sealed-egress.ts';
import { egressRules } from './rules.ts';
import type { RulesOptions } from './rules-options.ts';

const program = new URL('../../checks/machine/sealed-egress.ts', import.meta.url);

const none: RulesOptions = {
  format: [],
  gateway: [],
  resolver: [],
  allow: [],
  user: [],
  group: [],
  'gateway-user': [],
  'gateway-group': [],
  pods: [],
  namespace: [],
};

/** On loopback, so that nothing leaves the namespace: a gateway, a resolver, metadata services, and the internet. */
const addresses = [
  '203.0.113.10/32',
  '2001:db8::10/128',
  '203.0.113.53/32',
  '2001:db8::53/128',
  '169.254.169.254/32',
  'fd00:ec2::254/128',
  '168.63.129.16/32',
  '93.184.215.14/32',
  '2606:2800:21f::1/128',
];

const open: readonly Attempt[] = [
  'tcp 127.0.0.1 4750',
  'tcp ::1 4750',
  'tcp 203.0.113.10 4750',
  'tcp 2001:db8::10 4750',
  'tcp ::ffff:203.0.113.10 4750',
  'udp 203.0.113.53 53',
  'tcp 203.0.113.53 53',
  'udp 2001:db8::53 53',
  'tcp 2001:db8::53 53',
  'udp 169.254.169.254 53',
  'tcp 127.0.0.1 5432',
];

const closed: readonly Attempt[] = [
  // Another port of the gateway and of the resolver, another protocol, another address of loopback
  'tcp 127.0.0.1 4751',
  'tcp ::1 4751',
  'tcp 0.0.0.0 4751',
  'tcp :: 4751',
  'tcp 127.0.0.2 4750',
  'tcp 203.0.113.10 443',
  'tcp 2001:db8::10 443',
  'udp 203.0.113.10 4750',
  'udp 127.0.0.1 5432',
  'tcp ::1 5432',
  'tcp 203.0.113.53 443',
  'udp 203.0.113.53 443',
  'udp 2001:db8::53 54',
  // Metadata, also where its port 53 is the resolver
  'tcp 169.254.169.254 80',
  'tcp ::ffff:169.254.169.254 80',
  'udp 169.254.169.254 80',
  'tcp fd00:ec2::254 80',
  'tcp 168.63.129.16 80',
  // The internet, QUIC as well
  'tcp 93.184.215.14 443',
  'tcp ::ffff:93.184.215.14 443',
  'udp 93.184.215.14 443',
  'udp 93.184.215.14 53',
  'tcp 2606:2800:21f::1 443',
  'udp 2606:2800:21f::1 443',
  'icmp 93.184.215.14 0',
  'icmp 2606:2800:21f::1 0',
];

const endpoints = {
  gateway: ['127.0.0.1:4750', '[::1]:4750', '203.0.113.10:4750', '[2001:db8::10]:4750'],
  resolver: ['203.0.113.53', '2001:db8::53', '169.254.169.254'],
  allow: ['127.0.0.1:5432'],
};

// The accounts that every Debian has. The group of `daemon` is 1, `nogroup` is 65534.
const subjects = [
  ['user', { user: ['daemon'], 'gateway-user': ['nobody'] }, { uid: 1, gid: 65_534 }, { uid: 2, gid: 1 }],
  ['group', { group: ['daemon'], 'gateway-group': ['nogroup'] }, { uid: 2, gid: 1 }, { uid: 1, gid: 65_534 }],
] as const;

const filters = {
  nftables: {
    load: ['nft', '-f', '-'],
    list: [['nft', '-s', 'list', 'ruleset']],
    needs: ['nft'],
  },
  iptables: {
    load: ['sh'],
    list: [
      ['iptables', '-S'],
      ['ip6tables', '-S'],
    ],
    needs: ['iptables-restore', 'ip6tables-restore'],
  },
} as const;

/** Why the filter cannot be tried here: packages, rights, or a kernel without it. */
function whyNot(filter: keyof typeof filters): string | undefined {
  const missing = filters[filter].needs.find((name) => findProgram(name) === undefined);
  if (missing !== undefined) return `${missing} is not installed`;
  if (process.getuid?.() !== 0) return 'only root becomes two other accounts';
  const noNamespace = whyNotSealed();
  if (noNamespace !== undefined) return noNamespace;
  try {
    const [name, ...args] = filters[filter].list[0];
    execFileSync('unshare', ['--net', name, ...args], { stdio: 'pipe', timeout: 10_000 });
    return undefined;
  } catch (error) {
    return `the kernel takes no ${filter} here: ${String((error as { stderr?: unknown }).stderr || error).slice(0, 200)}`;
  }
}

describe.each(
  (['nftables', 'iptables'] as const).map((filter) => {
    const why = whyNot(filter);
    return [why === undefined ? filter : `${filter} (not here: ${why})`, filter, why] as const;
  }),
)('the rules for %s', (_title, filter, why) => {
  it.skipIf(why).each(subjects)(
    'close everything for one %s but what was named',
    { timeout: 120_000 },
    async (_, subject, app, other) => {
      const { load, list } = filters[filter];
      const rules = egressRules({ ...none, format: [filter], ...endpoints, ...subject });
      const plan: SealedEgressPlan = {
        load,
        rules,
        list,
        app,
        other,
        attempts: [...open, ...closed],
        kept: { address: '93.184.215.14', port: 443 },
      };
      const report = (await runSealed(program, { addresses }, plan)) as SealedEgressReport;

      // Without the rules, and for another account with them, all of it is there to be reached.
      const all = Object.fromEntries(
        [...open, ...closed].map((attempt) => [attempt, expected(attempt, 'reached')]),
      );
      expect(report.before).toEqual(all);
      expect(report.other).toEqual(all);

      const wanted = [
        ...open.map((attempt) => [attempt, 'reached']),
        ...closed.map((attempt) => [attempt, expected(attempt, refusals[attempt.slice(0, 4)] ?? '')]),
      ];
      expect(report.app).toEqual(Object.fromEntries(wanted));

      // What the application held open before is not open any more, and it can still be a server.
      expect(report.kept).toBe('ECONNRESET');
      expect(report.inbound).toBe('reached');

      expect(report.loaded[1]).toBe(report.loaded[0]);
      expect(report.loaded[0]).toContain('bulwark-');
    },
  );
});

/** An application fails at once: a reset, or an error of the call that sends. */
const refusals: Readonly<Record<string, string>> = { 'tcp ': 'ECONNREFUSED', 'udp ': 'EPERM' };

function expected(attempt: Attempt, outcome: string): unknown {
  if (!attempt.startsWith('icmp')) return outcome;
  // Linux tells an IPv6 socket nothing. Where Python is missing there is no ICMP to try.
  return outcome === 'reached'
    ? expect.stringMatching(/^(reached|no python3)$/)
    : expect.stringMatching(/^(EPERM|EACCES|silence|no python3)$/);
}
