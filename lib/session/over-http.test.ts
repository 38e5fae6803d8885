import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { isRefusal } from '../refusal/is-refusal.ts';
import { memoryStore, type Session, type Sessions, sessions } from './index.ts';

interface Data {
  visits: number;
  pages: string[];
}

describe('sessions over node:http', () => {
  let own: Sessions<Data>;
  let server: Server;
  let origin: string;

  async function answer(req: IncomingMessage, res: ServerResponse, session: Session<Data>): Promise<string> {
    switch (req.url) {
      case '/log-in':
        await session.logIn('ann');
        return 'welcome';
      case '/visit':
        await session.update(({ visits = 0 }) => ({ visits: visits + 1 }));
        return 'counted';
      case '/stream':
        res.write('begun ');
        await session.set({ pages: ['stream'] });
        return 'done';
      case '/rotate-late':
        res.write('begun ');
        await session.rotate();
        return 'never';
      case '/log-out':
        await session.logOut();
        return 'bye';
      default:
        return JSON.stringify({ user: session.user, ...session.data });
    }
  }

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    own = sessions({ store: memoryStore() });
    server = createServer(async (req, res) => {
      try {
        const session = await own.load(req, {
          appendCookie: (line) => res.appendHeader('Set-Cookie', line),
          headersSent: () => res.headersSent,
        });
        res.end(await answer(req, res, session));
      } catch (error) {
        if (!res.headersSent && isRefusal(error)) res.statusCode = error.status;
        res.end((error as { code: string }).code);
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  async function get(
    path: string,
    cookie?: string,
  ): Promise<{ text: string; cookies: string[]; status: number }> {
    const response = await fetch(origin + path, { headers: cookie === undefined ? {} : { cookie } });
    const cookies = response.headers.getSetCookie();
    return { text: await response.text(), cookies, status: response.status };
  }

  async function logIn(cookie?: string): Promise<string> {
    const { cookies } = await get('/log-in', cookie);
    expect(cookies).toEqual([
      expect.stringMatching(/^__Host-session=[\w-]{22}; Path=\/; Secure; HttpOnly; SameSite=Lax$/),
    ]);
    return cookies[0]?.split(';')[0] ?? '';
  }

  it('count 40 visits at once', async () => {
    const cookie = await logIn();
    const visits = await Promise.all(Array.from({ length: 40 }, () => get('/visit', cookie)));
    expect(new Set(visits.map(({ text }) => text))).toEqual(new Set(['counted']));
    expect(visits.flatMap(({ cookies }) => cookies)).toEqual([]);
    expect(JSON.parse((await get('/', cookie)).text)).toEqual({ user: 'ann', visits: 40 });
  });

  it('change while a response streams, and refuse a new id then', async () => {
    const cookie = await logIn();
    expect((await get('/stream', cookie)).text).toBe('begun done');
    expect((await get('/rotate-late', cookie)).text).toBe('begun session/headers-sent');
    expect(JSON.parse((await get('/', cookie)).text)).toEqual({ user: 'ann', pages: ['stream'] });
  });

  it('end with a log-out, and give the next log-in another id', async () => {
    const cookie = await logIn();
    const { cookies } = await get('/log-out', cookie);
    expect(cookies).toEqual(['__Host-session=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax']);
    expect(JSON.parse((await get('/', cookie)).text)).toEqual({});
    expect(await logIn(cookie)).not.toBe(cookie);
  });

  it('take a request with two cookies for one without a session', async () => {
    const cookie = await logIn();
    expect(JSON.parse((await get('/', `${cookie}; __Host-session=planted`)).text)).toEqual({});
    expect(JSON.parse((await get('/', `theme=dark; ${cookie}`)).text)).toEqual({ user: 'ann' });
  });
});
