import { Agent, request } from 'node:http';
import type { LoginServer } from './login-server.ts';
import { rightPassword } from './login-server.ts';

export interface Try {
  readonly account: string;
  /** Wrong by default. */
  readonly password?: string;
  /** What the proxy in front writes to `X-Forwarded-For`. */
  readonly forwarded?: string;
  readonly cookie?: string | undefined;
}

export interface LoginClient {
  send(login: Try): Promise<{ readonly status: number; readonly cookie: string | undefined }>;
  /** Logs in, and returns the cookie; undefined if that was refused. */
  logIn(login: Try): Promise<{ readonly ok: boolean; readonly cookie: string | undefined }>;
  /** Sends tries that guess wrong, some at a time, and says how many were checked. */
  guess(count: number, login: (index: number) => Try, atOnce?: number): Promise<number>;
  close(): void;
}

/** A client of a log-in on 127.0.0.1. */
export function loginClient(server: LoginServer): LoginClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  const client: LoginClient = {
    send({ account, password = 'wrong', forwarded, cookie }) {
      const headers = {
        'X-Account': encodeURIComponent(account),
        'X-Password': encodeURIComponent(password),
        ...(forwarded !== undefined && { 'X-Forwarded-For': forwarded }),
        ...(cookie !== undefined && { Cookie: cookie }),
      };
      const target = { host: '127.0.0.1', port: server.port, path: '/login', method: 'POST' };
      return new Promise((resolve, reject) => {
        request({ ...target, agent, headers }, (response) => {
          response.resume();
          const line = response.headers['set-cookie']?.[0];
          response.once('end', () =>
            resolve({ status: response.statusCode ?? 0, cookie: line?.split(';')[0] }),
          );
        })
          .once('error', reject)
          .end();
      });
    },
    async logIn(login) {
      const { status, cookie } = await client.send({ ...login, password: rightPassword });
      return { ok: status === 200, cookie: cookie ?? login.cookie };
    },
    async guess(count, login, atOnce = 20) {
      server.wrongChecked();
      for (let begin = 0; begin < count; begin += atOnce) {
        const length = Math.min(atOnce, count - begin);
        await Promise.all(Array.from({ length }, (_, index) => client.send(login(begin + index))));
      }
      return server.wrongChecked();
    },
    close: () => agent.destroy(),
  };
  return client;
}
