import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { keyring } from '../secrets/index.ts';
import { memoryStore, sessions } from '../session/index.ts';
import { sealedSessions } from '../session/sealed/index.ts';
import { bulwark } from './index.ts';

configureEvents({ sinks: [] });

/** What handlers do with the cookies of a response, once the session's is set. */
const handlers: Record<string, (res: ServerResponse) => void> = {
  'setHeader with one': (res) => void res.setHeader('Set-Cookie', 'theme=dark; Path=/').end(),
  'setHeader with a list': (res) => void res.setHeader('set-cookie', ['theme=dark', 'lang=en']).end(),
  'writeHead with a record': (res) =>
    void res.writeHead(302, { Location: '/', 'Set-Cookie': 'theme=dark' }).end(),
  'writeHead with a reason': (res) =>
    void res.writeHead(302, 'Found', { 'set-cookie': ['theme=dark', 'lang=en'] }).end(),
  'writeHead with names and values': (res) =>
    void res.writeHead(302, ['Set-Cookie', 'theme=dark', 'Set-Cookie', 'lang=en']).end(),
  removeHeader: (res) => {
    res.removeHeader('Set-Cookie');
    res.end();
  },
};

const kinds = {
  'server-side': () => sessions<{ theme: string }>({ store: memoryStore() }),
  sealed: () => sealedSessions<{ theme: string }>({ keys: keyring('k'.repeat(32)) }),
};

describe.each(Object.entries(kinds))("a %s session's cookie", (_kind, make) => {
  async function serve(answer: (res: ServerResponse) => void): Promise<string> {
    const session = make();
    const app = bulwark({ session, csrf: false }, async (req, res) => {
      const own = session.of(req);
      if (req.url === '/log-in') await own.logIn('ann');
      if (req.url === '/log-out') await own.logOut();
      answer(res);
    });
    const server = createServer(app).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const cookiesOf = async (url: string, cookie = ''): Promise<readonly string[]> =>
    (await fetch(url, { redirect: 'manual', headers: { cookie } })).headers.getSetCookie();
  const own = (lines: readonly string[]): readonly string[] =>
    lines.filter((line) => line.startsWith('__Host-session='));

  it.each(Object.entries(handlers))('is sent once, whatever the handler does: %s', async (name, answer) => {
    const url = await serve(answer);
    const logIn = await cookiesOf(`${url}/log-in`);
    expect(own(logIn)).toHaveLength(1);
    expect(logIn.some((line) => line.startsWith('theme=dark'))).toBe(name !== 'removeHeader');
    const logOut = await cookiesOf(`${url}/log-out`, own(logIn)[0]?.split(';')[0]);
    expect(own(logOut)).toEqual([expect.stringContaining('Max-Age=0')]);
  });

  it('yields to a cookie with that name that the handler sets itself', async () => {
    const url = await serve((res) => void res.setHeader('Set-Cookie', '__Host-session=; Max-Age=0').end());
    expect(await cookiesOf(`${url}/log-in`)).toEqual(['__Host-session=; Max-Age=0']);
  });

  it('is not sent where the session sets none', async () => {
    const url = await serve((res) => void res.setHeader('Set-Cookie', 'theme=dark').end());
    expect(await cookiesOf(`${url}/`)).toEqual(['theme=dark']);
  });
});
