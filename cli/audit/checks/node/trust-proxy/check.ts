/**
 * Looks at whom the application believes the address of the client: `trust proxy` of Express and Nest, `trustProxy` of Fastify, `proxy` of
 * Koa.
 *
 * ## Why
 * With `true` the address is the first of `X-Forwarded-For`, which every client writes as it likes. A limit of attempts per address then
 * limits nobody, and logs name whom the attacker chose.
 *
 * ## Passes
 * The number or the addresses of the proxies are set.
 *
 * ## Fails
 * It is `true`, or a network that holds every address.
 *
 * ## Unknown
 * It is computed or read from the environment.
 *
 * ## How to fix
 * ```js
 * app.set('trust proxy', 1); // as many as there are of your own
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { evidenceAt } from '../../../node/app/evidence.ts';
import { nodeApplications } from '../../../node/app/node-application.ts';
import { type Value, whyUnknown } from '../../../node/read/value.ts';
import { serversOf } from '../../../node/server/servers.ts';
import { type TrustedProxy, trustedProxies } from '../../../node/server/trusted-proxies.ts';

export const check: Check = {
  id: 'node/trust-proxy',
  aspect: 'rate-limits/log-in',
  weight: 'part',
  title: 'Clients cannot choose the address that limits are counted for.',
  why: 'A limit of attempts per address limits nobody if clients choose their address.',
  severity: 'medium',
  cwe: [348, 307],
  asvs: ['6.3.1'],
  run: (subject) =>
    nodeApplications(subject).flatMap((application) =>
      serversOf(application).flatMap(trustedProxies).map(look),
    ),
};

function look({ value, file, node, fix }: TrustedProxy): Outcome {
  const evidence = [evidenceAt(file, node)];
  if (trustsAll(value)) {
    return fail('Every proxy is trusted, so that clients choose their own address.', evidence, fix);
  }
  if (value.kind === 'literal' || (value.kind === 'array' && !value.isOpen))
    return pass('Only proxies that are named or counted are trusted.', evidence);
  return unknown(`Which proxies are trusted is not known, because ${whyUnknown(value)}.`, fix, evidence);
}

/** `true`, or networks that hold every address. */
function trustsAll(value: Value): boolean {
  if (value.kind === 'array') return value.items.some(trustsAll);
  if (value.kind !== 'literal') return false;
  return value.value === true || /(?:^|[\s,])(?:0\.0\.0\.0\/0|::\/0|\*)(?:$|[\s,])/.test(String(value.value));
}
