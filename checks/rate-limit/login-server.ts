import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import express, { type RequestHandler } from 'express';
import {
  type CounterStore,
  type LoginBudgets,
  type LoginLimitOptions,
  loginLimit,
} from '../../lib/rate-limit/index.ts';
import { type TrustedProxyOptions, trustedProxies } from '../../lib/request/trusted-proxies.ts';
import { keyring } from '../../lib/secrets/keyring.ts';

/** A log-in on a real socket. It says how many passwords it has checked. */
export interface LoginServer {
  readonly port: number;
  /** How many wrong passwords were checked, since it was last asked. */
  wrongChecked(): number;
  close(): Promise<void>;
}

export interface Contestant {
  readonly name: string;
  start(proxies: TrustedProxyOptions): Promise<LoginServer>;
}

/** Installed for the measurements beside peers. */
const { rateLimit: expressRateLimit } = createRequire(new URL('../../bench/package.json', import.meta.url))(
  'express-rate-limit',
) as { rateLimit(options: object): RequestHandler };

/** As long as a real one lets other requests come in between. */
const checkMs = 2;
export const rightPassword = 'correct horse';
const keys = keyring('t0rD6sUuZ3yJQm8cWl5xFvA2eHk9bNPi');
let started = 0;

/** The guard, with its defaults unless told. */
export function ours(name: string, store: CounterStore, budgets: LoginBudgets = {}): Contestant {
  return {
    name,
    async start(proxyOptions) {
      // Each server begins with counters of its own.
      started += 1;
      const prefix = `table-${process.pid}-${started}`;
      const login = loginLimit({ store, keys, fail: 'closed', prefix, ...budgets } as LoginLimitOptions);
      const proxies = trustedProxies(proxyOptions);
      let wrong = 0;
      return listen(
        async (req, res) => {
          const { account, password } = credentialsOf(req.headers);
          const { client } = proxies.read({
            remote: req.socket.remoteAddress,
            encrypted: false,
            headers: req.headers,
          });
          const { decision, attempt } = await login.check({
            account,
            address: client,
            cookie: login.cookie(req),
          });
          if (attempt === undefined) {
            const seconds = decision.allow ? 0 : decision.detail.retryAfterSeconds;
            res.writeHead(429, { 'Retry-After': seconds }).end();
            return;
          }
          await pause(checkMs);
          if (password === rightPassword) {
            res.writeHead(200, { 'Set-Cookie': await attempt.succeeded() }).end();
          } else {
            wrong += 1;
            attempt.failed();
            res.writeHead(401).end();
          }
        },
        () => {
          const before = wrong;
          wrong = 0;
          return before;
        },
      );
    },
  };
}

/** express-rate-limit 8 in front of the same log-in. */
export function peer(name: string, options: object): Contestant {
  return {
    name,
    async start({ hops }) {
      let wrong = 0;
      const app = express();
      app.set('trust proxy', hops);
      app.post('/login', expressRateLimit({ ...options, validate: false }), async (req, res) => {
        await pause(checkMs);
        if (credentialsOf(req.headers).password === rightPassword) {
          res.status(200).end();
        } else {
          wrong += 1;
          res.status(401).end();
        }
      });
      return listen(app as unknown as RequestListener, () => {
        const before = wrong;
        wrong = 0;
        return before;
      });
    },
  };
}

/** In headers, percent-encoded, to spare the parsing of bodies. */
function credentialsOf(headers: IncomingHttpHeaders): { account: string; password: string } {
  const text = (name: string): string => decodeURIComponent(String(headers[name] ?? ''));
  return { account: text('x-account'), password: text('x-password') };
}

async function listen(listener: RequestListener, wrongChecked: () => number): Promise<LoginServer> {
  // On both families, so that an IPv4 client is seen as ::ffff:127.0.0.1.
  const server: Server = createServer(listener).listen(0, '::');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    wrongChecked,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
