import { loginAttacks } from './login-attacks.ts';
import { loginClient } from './login-client.ts';
import { type Contestant, peer } from './login-server.ts';

export interface TableRow {
  readonly attack: string;
  /** Tries that got to the check of a password, or log-ins that were served, for each contestant. */
  readonly results: Readonly<Record<string, number | string>>;
}

/** The library that most Express applications have, as installed, and as its documentation sets it up for log-ins. */
export const peers: readonly Contestant[] = [
  peer('express-rate-limit, defaults', {}),
  peer('express-rate-limit, for log-ins', {
    limit: 5,
    windowMs: 15 * 60_000,
    skipSuccessfulRequests: true,
    ipv6Subnet: 64,
  }),
];

/** Runs every attack on every contestant. The short form sends a twentieth of the guesses, and at least 100. */
export async function loginTable(
  contestants: readonly Contestant[],
  form: 'short' | 'full',
): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for (const { name, guesses, proxies = { hops: 1 }, run } of loginAttacks) {
    const count = form === 'full' ? guesses : Math.max(100, guesses / 20);
    const results: Record<string, number | string> = {};
    for (const contestant of contestants) {
      const server = await contestant.start(proxies);
      const client = loginClient(server);
      try {
        results[contestant.name] = await run(client, count);
      } finally {
        client.close();
        await server.close();
      }
    }
    rows.push({ attack: name(count), results });
  }
  return rows;
}

/** The table in Markdown. */
export function markdownOf(rows: readonly TableRow[]): string {
  const names = Object.keys(rows[0]?.results ?? {});
  const line = (cells: readonly (number | string)[]): string =>
    `| ${cells.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en-US') : cell)).join(' | ')} |`;
  return [
    line(['attack', ...names]),
    line(['---', ...names.map(() => '---')]),
    ...rows.map(({ attack, results }) => line([attack, ...names.map((name) => results[name] ?? '')])),
  ].join('\n');
}
