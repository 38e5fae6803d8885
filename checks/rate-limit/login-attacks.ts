import type { TrustedProxyOptions } from '../../lib/request/trusted-proxies.ts';
import type { LoginClient } from './login-client.ts';

export interface LoginAttack {
  readonly name: (count: number) => string;
  /** How many guesses at full length. The short form sends a twentieth, and at least 100. */
  readonly guesses: number;
  /** Where the proxies are. One in front on loopback by default. */
  readonly proxies?: TrustedProxyOptions;
  /** What we let through. The full and the short form have the same limits. */
  readonly ours: number | string | ((count: number) => number);
  /** @returns what was checked, or `3 of 10` for log-ins */
  run(client: LoginClient, count: number): Promise<number | string>;
}

/** One address for each. */
const from = (index: number): string => `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
const home = '198.51.100.7';
const attacker = '203.0.113.9';
const shown = (count: number): string => count.toLocaleString('en-US');
const spellings = ['anna', 'ANNA', ' anna', 'ann\u200ba', '\uff41nna'];

async function served(count: number, logIn: () => Promise<{ readonly ok: boolean }>): Promise<string> {
  let ok = 0;
  for (let index = 0; index < count; index++) if ((await logIn()).ok) ok += 1;
  return `${ok} of ${count}`;
}

/** What the "Must show" of the limits asks for, and its neighbours. */
export const loginAttacks: readonly LoginAttack[] = [
  {
    name: (count) => `${shown(count)} guesses one by one, one address, one account`,
    guesses: 1_000,
    ours: 5,
    run: (client, count) => client.guess(count, () => ({ account: 'anna', forwarded: attacker }), 1),
  },
  {
    name: (count) => `${shown(count)} guesses in parallel, one address, one account`,
    guesses: 1_000,
    ours: 5,
    run: (client, count) => client.guess(count, () => ({ account: 'anna', forwarded: attacker }), count),
  },
  {
    name: (count) => `${shown(count)} guesses at one account, a log-in to an own account before each`,
    guesses: 1_000,
    ours: 5,
    async run(client, count) {
      let checked = 0;
      for (let index = 0; index < count; index++) {
        await client.logIn({ account: 'mallory', forwarded: attacker });
        checked += await client.guess(1, () => ({ account: 'anna', forwarded: attacker }));
      }
      return checked;
    },
  },
  {
    name: (count) => `one guess at each of ${shown(count)} accounts, a log-in to an own account before each`,
    guesses: 1_000,
    ours: 50,
    async run(client, count) {
      let checked = 0;
      for (let index = 0; index < count; index++) {
        await client.logIn({ account: 'mallory', forwarded: attacker });
        checked += await client.guess(1, () => ({ account: `user-${index}`, forwarded: attacker }));
      }
      return checked;
    },
  },
  {
    name: (count) => `${shown(count)} guesses at one account, its name spelt in 5 ways`,
    guesses: 1_000,
    ours: 5,
    run: (client, count) =>
      client.guess(count, (index) => ({ account: spellings[index % 5] ?? '', forwarded: attacker })),
  },
  {
    name: (count) =>
      `${shown(count)} guesses at one account, a log-in before each to an own account whose name has a zero-width space more`,
    guesses: 1_000,
    ours: 5,
    async run(client, count) {
      let checked = 0;
      for (let index = 0; index < count; index++) {
        await client.logIn({ account: 'ann\u200ba', forwarded: attacker });
        checked += await client.guess(1, () => ({ account: 'anna', forwarded: attacker }));
      }
      return checked;
    },
  },
  {
    name: (count) => `${shown(count)} addresses, one account, a guess each`,
    guesses: 10_000,
    ours: 20,
    run: (client, count) => client.guess(count, (index) => ({ account: 'anna', forwarded: from(index) })),
  },
  {
    name: (count) => `... after ${shown(count)} of them: the owner logs in 10 times, with the device cookie`,
    guesses: 1_000,
    ours: '10 of 10',
    async run(client, count) {
      const { cookie } = await client.logIn({ account: 'anna', forwarded: home });
      await client.guess(count, (index) => ({ account: 'anna', forwarded: from(index) }));
      return served(10, () => client.logIn({ account: 'anna', forwarded: home, cookie }));
    },
  },
  {
    name: (count) => `... after ${shown(count)} of them: the owner logs in 10 times, without it`,
    guesses: 1_000,
    ours: '0 of 10',
    async run(client, count) {
      await client.guess(count, (index) => ({ account: 'anna', forwarded: from(index) }));
      return served(10, () => client.logIn({ account: 'anna', forwarded: home }));
    },
  },
  {
    name: (count) =>
      `after ${shown(count)} guesses from the owner's own address: the owner, with the device cookie`,
    guesses: 1_000,
    ours: '10 of 10',
    async run(client, count) {
      const { cookie } = await client.logIn({ account: 'anna', forwarded: home });
      await client.guess(count, (index) => ({ account: `user-${index}`, forwarded: home }));
      return served(10, () => client.logIn({ account: 'anna', forwarded: home, cookie }));
    },
  },
  {
    name: (count) => `${shown(count)} guesses with a stolen device cookie, an address each`,
    guesses: 1_000,
    ours: 10,
    async run(client, count) {
      const { cookie } = await client.logIn({ account: 'anna', forwarded: home });
      return client.guess(count, (index) => ({ account: 'anna', forwarded: from(index), cookie }));
    },
  },
  {
    name: (count) => `${shown(count)} guesses with the device cookie of an own account, an address each`,
    guesses: 1_000,
    ours: 20,
    async run(client, count) {
      const { cookie } = await client.logIn({ account: 'mallory', forwarded: attacker });
      return client.guess(count, (index) => ({ account: 'anna', forwarded: from(index), cookie }));
    },
  },
  {
    name: (count) => `one password, ${shown(count)} accounts, one address`,
    guesses: 10_000,
    ours: 50,
    run: (client, count) =>
      client.guess(count, (index) => ({ account: `user-${index}`, forwarded: attacker })),
  },
  {
    name: (count) => `one password, ${shown(count)} accounts, as many addresses of one IPv6 /64`,
    guesses: 10_000,
    ours: 50,
    run: (client, count) =>
      client.guess(count, (index) => ({
        account: `user-${index}`,
        forwarded: `2001:db8:1:2::${(index + 1).toString(16)}`,
      })),
  },
  {
    name: (count) => `one password, ${shown(count)} accounts, as many /64 of one IPv6 /48`,
    guesses: 10_000,
    ours: 200,
    run: (client, count) =>
      client.guess(count, (index) => ({
        account: `user-${index}`,
        forwarded: `2001:db8:1:${(index + 1).toString(16)}::1`,
      })),
  },
  {
    name: (count) => `one password, ${shown(count)} accounts, as many IPv4 addresses`,
    guesses: 10_000,
    ours: (count) => count,
    run: (client, count) =>
      client.guess(count, (index) => ({ account: `user-${index}`, forwarded: from(index) })),
  },
  {
    name: (count) => `${shown(count)} guesses past the proxy, with a forged address each`,
    guesses: 1_000,
    ours: 5,
    proxies: { hops: 1, from: ['10.0.0.0/8'] },
    run: (client, count) => client.guess(count, (index) => ({ account: 'anna', forwarded: from(index) })),
  },
  {
    name: (count) => `${shown(count)} guesses through the proxy, with a forged address each`,
    guesses: 1_000,
    ours: 5,
    run: (client, count) =>
      client.guess(count, (index) => ({ account: 'anna', forwarded: `${from(index)}, ${attacker}` })),
  },
  {
    name: (count) =>
      `${shown(count)} guesses through one proxy where two are configured, a forged address each`,
    guesses: 1_000,
    ours: 5,
    proxies: { hops: 2 },
    run: (client, count) =>
      client.guess(count, (index) => ({ account: 'anna', forwarded: `${from(index)}, ${attacker}` })),
  },
  {
    name: (count) => `${shown(count)} guesses, the address also written as IPv4-mapped IPv6`,
    guesses: 1_000,
    ours: 5,
    run: (client, count) =>
      client.guess(count, (index) => ({
        account: 'anna',
        forwarded: index % 2 === 0 ? attacker : `::ffff:${attacker}`,
      })),
  },
];
