import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as onExpress from '../express/index.ts';
import { memoryStore, type Sessions, sessions } from '../session/index.ts';
import * as onWeb from '../web/index.ts';
import * as onNode from './index.ts';

type Ask = (path: string, cookie: string) => Promise<Response>;

/** Logs in, answers in JSON, serves a style sheet, and redirects. */
async function answer(path: string, logIn: () => Promise<unknown>): Promise<[number, string, string?]> {
  if (path === '/log-in') await logIn();
  if (path === '/style.css') return [200, 'text/css', 'public, max-age=600'];
  return [path === '/moved' ? 301 : 200, 'application/json'];
}

async function served(listener: RequestListener): Promise<Ask> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return (path, cookie) =>
    fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', headers: cookie ? { cookie } : {} });
}

const headersOf = ([, type, cache]: [number, string, string?]): Record<string, string> => ({
  'Content-Type': type,
  ...(cache && { 'Cache-Control': cache }),
});

const shops: [string, (users: Sessions<object>) => Promise<Ask>][] = [
  [
    'node:http',
    (session) =>
      served(
        onNode.bulwark({ session, csrf: false }, async (req, res) => {
          const said = await answer(req.url ?? '', () => session.of(req).logIn('anna'));
          res.writeHead(said[0], headersOf(said)).end('{}');
        }),
      ),
  ],
  [
    'Express',
    (session) =>
      served(
        express()
          .use(onExpress.bulwark({ session, csrf: false }))
          .use(async (req: IncomingMessage, res: express.Response) => {
            const said = await answer(req.url ?? '', () => session.of(req).logIn('anna'));
            res.status(said[0]).set(headersOf(said)).send('{}');
          }) as RequestListener,
      ),
  ],
  [
    'web',
    async (session) => {
      const app = onWeb.bulwark({ session, csrf: false }, async (request) => {
        const said = await answer(new URL(request.url).pathname, () => session.of(request).logIn('anna'));
        return new Response('{}', { status: said[0], headers: headersOf(said) });
      });
      return async (path, cookie) =>
        app(new Request(`http://a.example${path}`, { headers: cookie ? { cookie } : {} }), {});
    },
  ],
];

describe.each(shops)('an answer to a request with a session: %s', (_, open) => {
  it('stays out of shared caches, unless the application says how it is cached (CWE-524)', async () => {
    const ask = await open(sessions({ store: memoryStore() }));
    const cacheOf = async (path: string, cookie = ''): Promise<string | null> =>
      (await ask(path, cookie)).headers.get('cache-control');
    const cookie = (await ask('/log-in', '')).headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect(cookie).not.toBe('');
    expect(await cacheOf('/me', cookie)).toBe('private, no-cache');
    expect(await cacheOf('/style.css', cookie)).toBe('public, max-age=600');
    expect(await cacheOf('/moved', cookie)).toBe(null);
    expect(await cacheOf('/me')).toBe(null);
    expect(await cacheOf('/style.css')).toBe('public, max-age=600');
  });
});
