import { record } from '../event/record.ts';
import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { clientNetwork } from './client-network.ts';
import { counterKey } from './counter-key.ts';
import type { Counter } from './counter-store.ts';
import { wholeNumber } from './whole-number.ts';

/** So many tries in a window that begins with the first. */
export interface Budget {
  readonly limit: number;
  readonly windowSeconds: number;
}

/** One budget, or several with different windows: all of them must allow an attempt. */
export type Budgets = Budget | readonly Budget[];

export interface LoginBudgets {
  /** Attempts with a valid device cookie, for each device. 10 in 15 minutes and 50 a day by default. */
  readonly perDevice?: Budgets;
  /**
   * Attempts with any valid device cookie of an account, together. 100 a day by default: someone who once knew the password may have
   * collected many cookies.
   */
  readonly perDevices?: Budgets;
  /** Attempts for one account from one address, without a device cookie. 5 in 15 minutes by default. */
  readonly perPair?: Budgets;
  /** All attempts for one account without its device cookie. 20 an hour and 100 a day by default. */
  readonly perAccount?: Budgets;
  /** All attempts from one IPv4 address or IPv6 /64, without a device cookie. 50 in 15 minutes by default. */
  readonly perAddress?: Budgets;
  /** All attempts from one IPv6 /48, which many providers give to one customer. 200 in 15 minutes by default. */
  readonly perNetwork?: Budgets;
  /**
   * All attempts on the whole site without a device cookie. No limit by default: an attacker who uses it up locks out everyone who logs in
   * on a new device. It is the only limit on one password tried for each account from thousands of addresses.
   */
  readonly perSite?: Budgets;
}

export type BudgetName = 'device' | 'devices' | 'pair' | 'account' | 'address' | 'network' | 'site';

export interface LoginCounter {
  readonly budget: BudgetName;
  readonly counter: Counter;
}

/** A log-in attempt, with the account's name normalised. */
export interface LoginTry {
  readonly account: string;
  /** The account as its device cookies name it. */
  readonly deviceAccount: string;
  readonly address: string | undefined;
  readonly device: string | undefined;
}

const quarter = 15 * 60;
const day = 24 * 60 * 60;
const longestWindow = 366 * day;

const byDefault: Readonly<Record<BudgetName, readonly Budget[]>> = {
  device: [
    { limit: 10, windowSeconds: quarter },
    { limit: 50, windowSeconds: day },
  ],
  devices: [{ limit: 100, windowSeconds: day }],
  address: [{ limit: 50, windowSeconds: quarter }],
  network: [{ limit: 200, windowSeconds: quarter }],
  pair: [{ limit: 5, windowSeconds: quarter }],
  account: [
    { limit: 20, windowSeconds: 60 * 60 },
    { limit: 100, windowSeconds: day },
  ],
  site: [],
};

const optionOf: Readonly<Record<BudgetName, keyof LoginBudgets>> = {
  device: 'perDevice',
  devices: 'perDevices',
  pair: 'perPair',
  account: 'perAccount',
  address: 'perAddress',
  network: 'perNetwork',
  site: 'perSite',
};

export const budgetOptions: readonly (keyof LoginBudgets)[] = Object.values(optionOf);

/**
 * The counters of an attempt, in the order in which they are checked. An attempt with a device cookie only has those of its device and of
 * the account's devices: strangers can't use them up.
 *
 * @throws Misuse `bulwark/invalid-option`
 */
export function loginCounters(
  options: LoginBudgets,
  prefix: string,
): (attempt: LoginTry) => readonly LoginCounter[] {
  const budgets = Object.fromEntries(
    Object.entries(optionOf).map(([name, option]) => [
      name,
      budgetsOf(option, options[option], byDefault[name as BudgetName]),
    ]),
  ) as Record<BudgetName, readonly Budget[]>;

  const counters = (budget: BudgetName, parts: readonly string[]): LoginCounter[] =>
    budgets[budget].map(({ limit, windowSeconds }) => ({
      budget,
      counter: {
        key: counterKey(prefix, ['login', budget, windowSeconds, ...parts]),
        limit,
        windowSeconds,
      },
    }));

  return ({ account, deviceAccount, address, device }) => {
    if (device !== undefined)
      return [...counters('device', [deviceAccount, device]), ...counters('devices', [deviceAccount])];
    const client = clientNetwork(address, 64);
    if (client === undefined) record('rate-limit/no-address', 'reported', {});
    const customer = client?.includes(':') ? clientNetwork(address, 48) : undefined;
    return [
      ...counters('address', [client ?? 'unknown']),
      ...(customer === undefined ? [] : counters('network', [customer])),
      ...counters('pair', [account, client ?? 'unknown']),
      ...counters('account', [account]),
      ...counters('site', []),
    ];
  };
}

function budgetsOf(name: string, option: unknown, otherwise: readonly Budget[]): readonly Budget[] {
  if (option === undefined) return otherwise;
  const list: readonly Budget[] = Array.isArray(option) ? option : [option];
  if (list.length === 0 || list.length > 4) {
    throw new Misuse(
      'bulwark/invalid-option',
      `${name} takes { limit, windowSeconds }, or a list of 1 to 4 of them.`,
    );
  }
  const parsed = list.map((one) => {
    const own = knownOptions<Budget>(one, ['limit', 'windowSeconds']);
    return {
      limit: wholeNumber(`${name}.limit`, own.limit, 1, 1_000_000_000),
      windowSeconds: wholeNumber(`${name}.windowSeconds`, own.windowSeconds, 1, longestWindow),
    };
  });
  if (new Set(parsed.map(({ windowSeconds }) => windowSeconds)).size !== parsed.length) {
    throw new Misuse('bulwark/invalid-option', `${name} has two budgets with the same window.`);
  }
  return parsed;
}
