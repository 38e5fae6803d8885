import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CsrfWorld, startCsrfWorld } from '../../checks/csrf/csrf-world.ts';
import { freshPath, submit, submitted } from '../../checks/csrf/submit-form.ts';
import { missing } from '../../checks/machine/missing.ts';
import { keyring } from '../secrets/index.ts';
import { csrf } from './index.ts';

const reason = missing('chromium');
const keys = keyring('q8Zr2vXw5TnB7mKd3HsJ9pLc6GfYa4Ue');
const guard = csrf({ keys, logIn: ['/log-in'] });
let world: CsrfWorld;

describe.skipIf(reason)(`in Chromium${reason ? `: ${reason}` : ''}`, { timeout: 60_000 }, () => {
  const https = (host: string): string => world.origin(host, 'https');
  const http = (host: string): string => world.origin(host, 'http');
  beforeAll(async () => {
    world = await startCsrfWorld(guard);
  }, 60_000);
  afterAll(() => world?.stop());
  beforeEach(() => {
    world.age = 'today';
    world.guard = guard;
  });

  it("lets one's own forms pass, over HTTPS, over HTTP and on localhost", async () => {
    for (const own of [
      https('shop.example'),
      http('shop.example'),
      http('localhost'),
      http('shop.localhost'),
    ]) {
      expect(await submitted(world, `${own}/`, own), own).toBe('allowed');
    }
  });

  it('refuses a form of another site and of a sibling, with the session cookie in it', async () => {
    expect(await submitted(world, `${https('evil.test')}/`, https('shop.example'))).toBe('csrf/cross-site');
    expect(await submitted(world, `${https('blog.shop.example')}/`, https('shop.example'))).toBe(
      'csrf/cross-site',
    );
    expect(await submitted(world, `${http('evil.localhost')}/`, http('shop.localhost'))).toBe(
      'csrf/cross-site',
    );
    // The same host over plain HTTP is another origin: whoever is on the network writes its pages.
    expect(await submitted(world, `${http('shop.example')}/`, https('shop.example'))).toBe('csrf/cross-site');
    expect(await submitted(world, `${http('evil.test')}/`, http('shop.example'))).toBe(
      'csrf/origin-mismatch',
    );
    expect(await submitted(world, `${http('blog.shop.example')}/`, http('shop.example'))).toBe(
      'csrf/origin-mismatch',
    );
    expect(world.outcomes().some(({ code, hasCookie }) => code === 'csrf/cross-site' && hasCookie)).toBe(
      true,
    );
  });

  it('decides the same by Origin, for a browser without Sec-Fetch-Site', async () => {
    world.age = 'without Sec-Fetch-Site';
    expect(await submitted(world, `${https('shop.example')}/`, https('shop.example'))).toBe('allowed');
    for (const host of ['evil.test', 'blog.shop.example']) {
      expect(await submitted(world, `${https(host)}/`, https('shop.example'))).toBe('csrf/origin-mismatch');
    }
  });

  it.each(['text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded'])(
    'refuses a form that writes JSON as %s',
    async (enctype) => {
      const form = { enctype, fields: { '{"to":"mallory","pad":"': '"}' } };
      expect(await submitted(world, `${https('evil.test')}/`, https('shop.example'), form)).toBe(
        'csrf/cross-site',
      );
      expect(await submitted(world, `${https('shop.example')}/`, https('shop.example'), form)).toBe(
        'allowed',
      );
    },
  );

  it('refuses a sandboxed frame, which sends `Origin: null`', async () => {
    for (const [from, to, code] of [
      [https('evil.test'), https('shop.example'), 'csrf/cross-site'],
      [https('shop.example'), https('shop.example'), 'csrf/cross-site'],
      [http('evil.test'), http('shop.example'), 'csrf/token-missing'],
      [http('shop.example'), http('shop.example'), 'csrf/token-missing'],
    ] as const) {
      const path = freshPath();
      const inner = `<form method=post action='${to}${path}'></form><script>document.forms[0].submit()</script>`;
      world.publish(
        `/frame${path}`,
        `<iframe sandbox="allow-forms allow-scripts" srcdoc="${inner}"></iframe>`,
      );
      const tab = await world.open(`${from}/frame${path}`);
      expect((await world.outcome(path)).code, from).toBe(code);
      await tab.close();
    }
  });

  it('refuses data: and blank pages', async () => {
    for (const page of ['data:text/html,<body>x', 'about:blank']) {
      expect(await submitted(world, page, https('shop.example')), page).toBe('csrf/cross-site');
      expect(await submitted(world, page, http('shop.example')), page).toBe('csrf/token-missing');
    }
  });

  it('refuses fetch and sendBeacon of another site, with cookies and without', async () => {
    const paths = [freshPath(), freshPath(), freshPath(), freshPath(), freshPath()];
    const tab = await world.open(`${https('evil.test')}/`);
    await tab.evaluate(
      async ({ to, paths: [beacon, opaque, json, without, put] }) => {
        const type = { 'content-type': 'text/plain' };
        navigator.sendBeacon(to + beacon, '{}');
        const ignore = (): void => {};
        await fetch(to + opaque, {
          method: 'POST',
          mode: 'no-cors',
          credentials: 'include',
          body: '{}',
          headers: type,
        }).catch(ignore);
        await fetch(to + json, { method: 'POST', credentials: 'include', body: '{}', headers: type }).catch(
          ignore,
        );
        await fetch(to + without, { method: 'POST', mode: 'no-cors', credentials: 'omit' }).catch(ignore);
        await fetch(to + put, { method: 'PUT', credentials: 'include' }).catch(ignore);
      },
      { to: https('shop.example'), paths: paths as [string, string, string, string, string] },
    );
    for (const path of paths.slice(0, 4)) expect((await world.outcome(path)).code).toBe('csrf/cross-site');
    // Its preflight is answered without any CORS header, so no PUT follows.
    expect(await world.outcome(paths[4] as string)).toMatchObject({ method: 'OPTIONS', code: 'allowed' });
    await tab.close();
  });

  it("lets one's own fetch pass, of any method and type", async () => {
    for (const own of [https('shop.example'), http('shop.example'), http('localhost')]) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        const path = freshPath();
        const tab = await world.open(`${own}/`);
        await tab.evaluate(
          ([url, by]) =>
            fetch(url, { method: by, body: '{}', headers: { 'content-type': 'application/json' } }).then(
              () => {},
            ),
          [path, method] as const,
        );
        expect((await world.outcome(path)).code, own).toBe('allowed');
        await tab.close();
      }
    }
  });

  it('lets another site link here, in every way that only reads', async () => {
    const [link, window, image, prefetched] = [freshPath(), freshPath(), freshPath(), freshPath()];
    const tab = await world.open(`${https('evil.test')}/`);
    await tab.evaluate(
      ({ to, paths: [opened, loaded, prefetched] }) => {
        open(to + opened);
        new Image().src = to + loaded;
        const prefetch = Object.assign(document.createElement('link'), {
          rel: 'prefetch',
          href: to + prefetched,
        });
        document.head.append(prefetch);
      },
      { to: https('shop.example'), paths: [window, image, prefetched] as const },
    );
    for (const path of [window, image, prefetched]) expect((await world.outcome(path)).code).toBe('allowed');
    await tab.goto(https('shop.example') + link);
    expect((await world.outcome(link)).code).toBe('allowed');
    await tab.close();
  });

  it('refuses a link of another site that claims to be a DELETE', async () => {
    const path = freshPath();
    const tab = await world.open(`${https('evil.test')}/`);
    await tab.evaluate(
      (url) => void setTimeout(() => location.assign(url)),
      `${https('shop.example')}${path}?_method=DELETE`,
    );
    expect(await world.outcome(path)).toMatchObject({ method: 'GET', code: 'csrf/cross-site' });
    await tab.waitForURL(`**${path}?_method=DELETE`);
    await tab.close();
  });

  it('refuses a POST that came through another site on its way (307)', async () => {
    for (const [scheme, code] of [
      ['https', 'csrf/cross-site'],
      ['http', 'csrf/token-missing'],
    ] as const) {
      const path = freshPath();
      const [own, evil] = [world.origin('shop.example', scheme), world.origin('evil.test', scheme)];
      const to = (location: string) => (_: IncomingMessage, res: ServerResponse) =>
        res.writeHead(307, { location }).end();
      world.answer(`/redirect/back${path}`, to(own + path));
      world.answer(`/redirect/away${path}`, to(`${evil}/redirect/back${path}`));
      world.answer(`/redirect/here${path}`, to(`${own}/redirect/once${path}`));
      world.answer(`/redirect/once${path}`, to(`${own}${path}-own`));
      const tab = await world.open(`${own}/`);
      await tab.evaluate(submit, { url: `${own}/redirect/away${path}` });
      expect((await world.outcome(path)).code).toBe(code);
      await tab.waitForURL(own + path);
      await tab.goto(`${own}/`);
      await tab.evaluate(submit, { url: `${own}/redirect/here${path}` });
      expect((await world.outcome(`${path}-own`)).code).toBe('allowed');
      await tab.waitForURL(`${own}${path}-own`);
      await tab.close();
    }
  });

  it('decides on a reload of a POST as on the POST', async () => {
    for (const [from, code] of [
      ['shop.example', 'allowed'],
      ['evil.test', 'csrf/cross-site'],
    ] as const) {
      const path = freshPath();
      const tab = await world.open(`${https(from)}/`);
      await tab.evaluate(submit, { url: https('shop.example') + path });
      await tab.waitForURL(https('shop.example') + path);
      await tab.reload();
      const same = world.outcomes().filter((one) => one.path === path);
      expect(same.map((one) => one.code)).toEqual([code, code]);
      await tab.close();
    }
  });

  it('lets pass what browsers send by themselves: reports, pings and beacons', async () => {
    const policy = (to: string) => ({ 'content-security-policy': `script-src 'none'; ${to}` });
    for (const [own, report] of [
      [https('shop.example'), 'report-uri'],
      [http('shop.example'), 'report-uri'],
      [https('shop.example'), 'report-to'],
    ] as const) {
      const path = freshPath();
      const endpoints = { 'reporting-endpoints': `csp="${path}"` };
      const headers =
        report === 'report-to' ? { ...policy('report-to csp'), ...endpoints } : policy(`report-uri ${path}`);
      world.publish(`/page${path}`, '<script>1</script>', headers);
      const tab = await world.open(`${own}/page${path}`);
      expect(await world.outcome(path), report).toMatchObject({ method: 'POST', code: 'allowed' });
      await tab.close();
    }
    for (const own of [https('shop.example'), http('shop.example')]) {
      const [ping, beacon] = [freshPath(), freshPath()];
      world.publish(`/page${ping}`, `<a href="#x" ping="${ping}">x</a>`);
      const tab = await world.open(`${own}/page${ping}`);
      await tab.locator('a').click();
      await tab.evaluate((url) => navigator.sendBeacon(url, '{}'), beacon);
      for (const path of [ping, beacon]) expect((await world.outcome(path)).code).toBe('allowed');
      await tab.close();
    }
  });

  it('sees through a service worker that passes requests on', async () => {
    const worker = "addEventListener('fetch', (event) => event.respondWith(fetch(event.request)));";
    const start =
      "addEventListener('install', () => skipWaiting()); addEventListener('activate', (event) => event.waitUntil(clients.claim()));";
    world.answer('/worker.js', (_, res) =>
      res.writeHead(200, { 'content-type': 'text/javascript' }).end(start + worker),
    );
    const [own, evil] = [http('shop.localhost'), http('evil.localhost')];
    const tab = await world.open(`${own}/`);
    await tab.evaluate(async () => {
      await navigator.serviceWorker.register('/worker.js');
      await navigator.serviceWorker.ready;
    });
    expect(await submitted(world, `${evil}/`, own)).toBe('csrf/cross-site');
    expect(await submitted(world, `${own}/`, own)).toBe('allowed');
    await tab.evaluate(async () => {
      for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
    });
    await tab.close();
  });
});
