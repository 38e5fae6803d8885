import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GatewayConfig, RoleConfig } from '../../lib/fetch/gateway/config/gateway-config.ts';
import { type Gateway, startGateway } from '../../lib/fetch/gateway/start-gateway.ts';

export interface RunningGateway {
  readonly gateway: Gateway;
  readonly port: number;
  readonly adminPort: number;
  readonly folder: string;
  /** Its configuration with other roles, and whatever else changes. */
  next(roles: readonly RoleConfig[], more?: Partial<GatewayConfig>): GatewayConfig;
  /** The decision log so far. */
  lines(): readonly LogLine[];
  /** The values of /metrics by their name and labels, as they are written there. */
  metrics(): Promise<Readonly<Record<string, number>>>;
  /** Waits until it says yes: a bounded number of times, and never for a certain time. */
  until(what: () => boolean | Promise<boolean>): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export type LogLine = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** A gateway on free ports of loopback, with a log of its own. Without roles: one for everybody. */
export async function runningGateway(
  config: Omit<GatewayConfig, 'roles'> & { readonly roles?: readonly RoleConfig[] },
): Promise<RunningGateway> {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-gateway-'));
  const first: GatewayConfig = {
    roles: [{ name: 'test', anonymous: true, hosts: 'public' }],
    admin: { port: 0 },
    log: { file: join(folder, 'decisions.jsonl') },
    ...config,
    listen: { port: 0, ...config.listen },
  };
  const gateway = await startGateway(first);
  const adminPort = gateway.adminPort ?? 0;
  return {
    ...{ gateway, port: gateway.port, adminPort, folder, until },
    next: (roles, more = {}) => ({ ...first, ...more, roles }),
    lines() {
      const file = join(folder, 'decisions.jsonl');
      // It is made a moment after the start, and written a moment after the decision.
      const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
      return text
        .slice(0, text.lastIndexOf('\n') + 1)
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as LogLine);
    },
    metrics: () => scrape(adminPort),
    async [Symbol.asyncDispose]() {
      await gateway.close({ drainMs: 0 });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The private destination that every test of the gateway has: something on loopback. */
export function loopback(...ports: readonly number[]): {
  host: string;
  cidr: string;
  ports: readonly number[];
} {
  return { host: '127.0.0.1', cidr: '127.0.0.1/32', ports };
}

async function scrape(adminPort: number): Promise<Readonly<Record<string, number>>> {
  const response = await fetch(`http://127.0.0.1:${adminPort}/metrics`);
  return parseMetrics(await response.text());
}

/** Reads the text format 0.0.4 strictly: a line that is none of it throws. */
function parseMetrics(text: string): Readonly<Record<string, number>> {
  const values: Record<string, number> = {};
  for (const line of text.split('\n')) {
    if (line === '' || /^# (?:HELP|TYPE) [a-z_]+ \S/.test(line)) continue;
    const [, key, value] = /^([a-z_]+(?:\{(?:[a-z]+="[^"\\\n]*",?)*\})?) (\S+)$/.exec(line) ?? [];
    if (key === undefined || Number.isNaN(Number(value))) throw new Error(`no metric: ${line}`);
    values[key] = Number(value);
  }
  return values;
}

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1_500; tries++) {
    if (await what()) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error('It did not happen.');
}
