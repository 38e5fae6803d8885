import { createHmac, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordedEvents } from '../../../checks/cookies/recorded-events.ts';
import { newShop, type ShopData } from '../../../checks/cookies/shop-server.ts';
import { type Certificate, makeCertificate } from '../../../checks/machine/certificate.ts';
import { launchChromium } from '../../../checks/machine/chromium.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { keyring } from '../../secrets/keyring.ts';
import { type LegacySessionsOptions, legacySessions, memorySpentSeals } from '../legacy/index.ts';
import type { SessionLoader } from '../sessions.ts';
import { sealedSessions } from './index.ts';

const reason = missing('chromium');
recordedEvents();
const keys = keyring(randomBytes(32));
const secret = 'Yk3wq8Zr1uVx5tBn7mLp2sDf4gHj6aQe';
const value = Buffer.from('{"userId":"ann"}').toString('base64');
const signature = createHmac('sha1', secret).update(`session=${value}`).digest('base64url');

describe.skipIf(reason)(`in Chromium${reason ? `: ${reason}` : ''}`, { timeout: 60_000 }, () => {
  let certificate: Certificate;
  let server: Server;
  let browser: Browser;
  let context: BrowserContext;
  let sessions: SessionLoader<ShopData>;
  let origin: (host: string) => string;

  beforeAll(async () => {
    certificate = makeCertificate(['localhost', 'shop.localhost', 'blog.shop.localhost']);
    server = createServer(certificate, answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    origin = (host) => `https://${host}:${port}`;
    browser = await launchChromium();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
    server?.closeAllConnections();
    certificate?.remove();
  });
  beforeEach(async () => {
    sessions = sealedSessions<ShopData>({ keys });
    context = await browser.newContext({ ignoreHTTPSErrors: true });
  });
  afterEach(() => context.close());

  /** The shop; `/fill?bytes` makes a cookie of so many bytes, and `/plant` sets what the query says. */
  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', 'https://shop.localhost');
    if (url.pathname === '/plant') {
      res.setHeader('Set-Cookie', url.searchParams.getAll('line'));
      return void res.end('planted');
    }
    if (url.pathname !== '/fill') return void newShop(sessions)(req, res);
    const session = await sessions.load(req, {
      appendCookie: (line) => res.appendHeader('Set-Cookie', line),
    });
    const outcome = await session.set({ cart: ['x'.repeat(Number(url.searchParams.get('length')))] }).then(
      () => 'set',
      (error: { code: string }) => error.code,
    );
    res.end(outcome);
  }

  const open = async (path: string, host = 'shop.localhost'): Promise<string> => {
    const page = await context.newPage();
    await page.goto(`${origin(host)}${path}`);
    const text = (await page.locator('pre, body').last().textContent()) ?? '';
    await page.close();
    return text;
  };
  const names = async (): Promise<string[]> => (await context.cookies()).map(({ name }) => name).sort();
  const plant = (lines: readonly string[], host?: string): Promise<string> =>
    open(`/plant?${new URLSearchParams(lines.map((line) => ['line', line]))}`, host);

  it('keeps the largest cookie that is let through', async () => {
    let longest = 0;
    for (let length = 2_870; length < 2_960; length += 1) {
      if ((await open(`/fill?length=${length}`)) !== 'set') break;
      longest = length;
      if (length < 2_900) length += 9;
    }
    expect(longest).toBeGreaterThan(2_880);
    expect(longest).toBeLessThan(2_959);
    expect(JSON.parse(await open('/'))).toEqual({ user: null, data: { cart: ['x'.repeat(longest)] } });
  });

  it('hides the cookie from scripts, and removes it at log-out', async () => {
    await open('/add?cup');
    expect(await context.cookies()).toMatchObject([
      {
        name: '__Host-session',
        secure: true,
        httpOnly: true,
        sameSite: 'Lax',
        path: '/',
        domain: 'shop.localhost',
      },
    ]);
    const page = await context.newPage();
    await page.goto(origin('shop.localhost'));
    expect(await page.evaluate('document.cookie')).toBe('');
    await open('/log-out');
    expect(await names()).toEqual([]);
  });

  it('gets no cookie that a sibling plants', async () => {
    await plant(
      ['__Host-session=planted; Path=/; Secure; Domain=shop.localhost', 'other=1; Domain=shop.localhost'],
      'blog.shop.localhost',
    );
    expect(await names()).toEqual(['other']);
    await open('/add?cup');
    expect(JSON.parse(await open('/'))).toEqual({ user: null, data: { cart: ['cup'] } });
  });

  it('removes the old cookie only by the domain that it was set with', async () => {
    const options: LegacySessionsOptions<ShopData> = {
      ...{ kind: 'cookie-session', secrets: secret, until: '2999-01-01', spent: memorySpentSeals() },
      map: ({ userId }) => ({ user: String(userId) }),
    };
    const old = [`session=${value}`, `session.sig=${signature}`];
    await plant(old.map((pair) => `${pair}; Path=/; Domain=shop.localhost`));
    sessions = sealedSessions<ShopData>({ keys, legacy: legacySessions<ShopData>(options) });
    expect(JSON.parse(await open('/'))).toEqual({ user: 'ann', data: {} });
    expect(await names()).toEqual(['__Host-session', 'session', 'session.sig']);
    const clear = { domain: 'shop.localhost' };
    sessions = sealedSessions<ShopData>({ keys, legacy: legacySessions<ShopData>({ ...options, clear }) });
    expect(JSON.parse(await open('/'))).toEqual({ user: 'ann', data: {} });
    expect(await names()).toEqual(['__Host-session']);
  });
});
