import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Gateway, startGateway } from 'bulwark/fetch/gateway';
import type { EgressPolicy } from '../egress-case.ts';

const started = new Map<string, Promise<Gateway>>();

/** One gateway for each policy, with one role of the same rules; they run until the process ends. */
export function gatewayFor({ hosts = 'public', allowPrivate, ports }: EgressPolicy): Promise<Gateway> {
  const rules = { hosts, ...(allowPrivate && { allowPrivate }), ...(ports && { ports }) };
  const key = JSON.stringify(rules);
  const gateway =
    started.get(key) ??
    startGateway({
      listen: { port: 0 },
      // Standard output is where the results go.
      log: { file: join(mkdtempSync(join(tmpdir(), 'bulwark-gateway-')), 'log') },
      roles: [{ name: 'cases', anonymous: true, ...rules }],
    });
  started.set(key, gateway);
  return gateway;
}
