import { createDiscovery } from '../oidc-discovery.ts';
import { createWebhooks } from '../webhook.ts';
import { loopback } from './neighbours.ts';

/**
 * A process of its own for what takes https alone: Node reads NODE_EXTRA_CA_CERTS when it starts. Standard input says
 * which port is let through and what to ask for; standard output tells what came of it.
 */
export interface OverHttps {
  readonly port: number;
  readonly webhooks: readonly string[];
  readonly issuers: readonly string[];
}

let input = '';
for await (const chunk of process.stdin) input += chunk;
const { port, webhooks, issuers } = JSON.parse(input) as OverHttps;
const egress = { allowPrivate: [loopback(port)] };
const sender = createWebhooks({ userAgent: 'test/1', egress });
const { discover } = createDiscovery({ egress });
const secrets = [`whsec_${Buffer.alloc(24, 7).toString('base64')}`];
const told: unknown[] = [];
for (const url of webhooks) {
  told.push(await sender.deliver({ tenant: 'acme', url, secrets }, { id: 'msg_1', body: '{"a":1}' }));
}
for (const issuer of issuers) {
  told.push(
    await discover(issuer).catch(
      (error: Error & { code?: string }) => error.code ?? String(error.cause ?? error),
    ),
  );
}
console.log(JSON.stringify(told));
