import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CookieSink, Session } from '../../lib/session/session.ts';
import type { SessionLoader } from '../../lib/session/sessions.ts';
import type { BrowserJar } from './browser-jar.ts';

/** A server on loopback, and a browser's requests to it. */
export interface RunningShop {
  /** The body of the answer, parsed if it is JSON. */
  get(path: string, jar: BrowserJar): Promise<unknown>;
  /** The status of the answer too. */
  fetch(path: string, jar: BrowserJar): Promise<{ status: number; body: unknown; setCookies: string[] }>;
  stop(): Promise<void>;
}

export async function startShop(listener: RequestListener): Promise<RunningShop> {
  const server: Server = createServer({ maxHeaderSize: 65_536 }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const ask = async (path: string, jar: BrowserJar): ReturnType<RunningShop['fetch']> => {
    const header = jar.header();
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers: header === '' ? {} : { cookie: header },
    });
    const setCookies = response.headers.getSetCookie();
    for (const line of setCookies) jar.take(line);
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    return { status: response.status, body: json ? JSON.parse(text) : text, setCookies };
  };
  return {
    fetch: ask,
    get: async (path, jar) => (await ask(path, jar)).body,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What a session of the shop holds. */
export interface ShopData {
  cart: string[];
}

/** A new shop on node:http: `/`, `/log-in?user`, `/log-out` and `/add?item`. */
export function newShop(sessions: SessionLoader<ShopData>): RequestListener {
  return (req, res) => {
    const cookies: CookieSink = {
      appendCookie: (line) => res.appendHeader('Set-Cookie', line),
      headersSent: () => res.headersSent,
    };
    const answer = (status: number, body: object): void => {
      res.statusCode = status;
      res.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    };
    sessions
      .load(req, cookies)
      .then(async (session) => {
        await act(session, req.url ?? '/');
        answer(200, { user: session.user ?? null, data: session.data });
      })
      .catch((error: { code?: string; status?: number }) =>
        answer(error.status ?? 500, { error: error.code ?? String(error) }),
      );
  };
}

async function act(session: Session<ShopData>, url: string): Promise<void> {
  if (url === '/log-out') await session.logOut();
  const user = /^\/log-in\?(\w+)$/.exec(url)?.[1];
  if (user !== undefined) await session.logIn(user);
  const item = /^\/add\?(\w+)$/.exec(url)?.[1];
  if (item !== undefined) await session.update(({ cart = [] }) => ({ cart: [...cart, item] }));
}
