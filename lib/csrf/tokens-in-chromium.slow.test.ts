import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CsrfWorld, startCsrfWorld } from '../../checks/csrf/csrf-world.ts';
import { submit, submitted } from '../../checks/csrf/submit-form.ts';
import { missing } from '../../checks/machine/missing.ts';
import { html, render } from '../html/index.ts';
import { keyring } from '../secrets/index.ts';
import { csrf } from './index.ts';

const reason = missing('chromium');
const keys = keyring('q8Zr2vXw5TnB7mKd3HsJ9pLc6GfYa4Ue');
const guard = csrf({ keys, logIn: ['/log-in'] });
let world: CsrfWorld;

describe.skipIf(reason)(`CSRF tokens in Chromium${reason ? `: ${reason}` : ''}`, { timeout: 60_000 }, () => {
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

  describe('Referrer-Policy', () => {
    it('same-origin, the default of bulwark/headers, keeps Origin in forms', async () => {
      for (const own of [https('shop.example'), http('shop.example')]) {
        for (const age of ['today', 'without Sec-Fetch-Site'] as const) {
          world.age = age;
          world.publish('/same-origin', '<p>page', { 'referrer-policy': 'same-origin' });
          expect(await submitted(world, `${own}/same-origin`, own), own).toBe('allowed');
        }
      }
    });

    it('no-referrer makes forms send `Origin: null`: a token is needed where Sec-Fetch-Site does not come', async () => {
      world.publish('/no-referrer', '<p>page', { 'referrer-policy': 'no-referrer' });
      const own = http('shop.example');
      expect(await submitted(world, `${https('shop.example')}/no-referrer`, https('shop.example'))).toBe(
        'allowed',
      );
      expect(await submitted(world, `${own}/no-referrer`, own)).toBe('csrf/token-missing');
      const token = guard.token(
        { headers: {} },
        { session: { binding: world.session.binding, hasCookie: true } },
      );
      expect(await submitted(world, `${own}/no-referrer`, own, { fields: { _csrf: token } })).toBe('allowed');
      expect(
        await submitted(world, `${http('evil.test')}/no-referrer`, own, { fields: { _csrf: 'guess' } }),
      ).toBe('csrf/token-invalid');
    });
  });

  describe('allowOrigins', () => {
    it('lets a sister application post, and no other page', async () => {
      world.guard = csrf({ keys, allowOrigins: [https('blog.shop.example')] });
      for (const age of ['today', 'without Sec-Fetch-Site'] as const) {
        world.age = age;
        expect(await submitted(world, `${https('blog.shop.example')}/`, https('shop.example'))).toBe(
          'allowed',
        );
        expect(await submitted(world, `${https('evil.test')}/`, https('shop.example'))).not.toBe('allowed');
        expect(await submitted(world, `${http('blog.shop.example')}/`, https('shop.example'))).not.toBe(
          'allowed',
        );
      }
    });
  });

  describe('a browser that sends neither', () => {
    it('needs the token of its session', async () => {
      world.age = 'without both';
      const own = https('shop.example');
      const session = { binding: world.session.binding, hasCookie: true };
      world.answer('/form', (req, res) =>
        res
          .writeHead(200, { 'content-type': 'text/html' })
          .end(render(html`<form>${guard.field(html, req, { session })}</form>`)),
      );
      const tab = await world.open(`${own}/form`);
      const token = await tab.locator('input[name=_csrf]').inputValue();
      await tab.close();
      expect(await submitted(world, `${own}/`, own, { fields: { _csrf: token } })).toBe('allowed');
      expect(await submitted(world, `${own}/`, own)).toBe('csrf/token-missing');
      expect(await submitted(world, `${https('evil.test')}/`, own)).toBe('csrf/token-missing');
      expect(await submitted(world, `${https('evil.test')}/`, own, { fields: { _csrf: 'guess' } })).toBe(
        'csrf/token-invalid',
      );
    });

    it('needs a token for a log-in, and no subdomain can toss its cookie', async () => {
      world.age = 'without both';
      const own = https('shop.example');
      world.answer('/log-in-form', (req, res) => {
        const field = guard.field(html, req, {
          appendCookie: (line) => res.appendHeader('set-cookie', line),
        });
        res
          .writeHead(200, { 'content-type': 'text/html' })
          .end(render(html`<form method="post" action="/log-in">${field}</form>`));
      });
      const attacker = await world.open(`${own}/log-in-form`);
      const stolen = await attacker.locator('input[name=_csrf]').inputValue();
      const [planted] = (await world.context.cookies(own)).filter(({ name }) => name === '__Host-csrf');
      await world.context.clearCookies({ name: '__Host-csrf' });
      await attacker.close();

      // By script and by header: without a name, in another case, behind and before characters that some parsers trim.
      const value = planted?.value ?? '';
      expect(value).toMatch(/^[\w-]{22}$/);
      const names = [
        '__Host-csrf',
        '=__Host-csrf',
        '__host-csrf',
        '"__Host-csrf',
        '\u00a0__Host-csrf',
        '__Host-csrf\u00a0',
      ];
      const rest = 'Domain=shop.example; Path=/; Secure';
      world.answer('/toss', (_, res) => {
        for (const name of [...names, 'seen']) res.appendHeader('set-cookie', `${name}=${value}; ${rest}`);
        res.end('tossed');
      });
      const subdomain = await world.open(`${https('blog.shop.example')}/toss`);
      await subdomain.evaluate(
        (lines) => {
          for (const line of lines) Reflect.set(document, 'cookie', line);
        },
        names.map((name) => `${name}=${value}; ${rest}`),
      );
      await subdomain.close();
      expect((await world.context.cookies(own)).map(({ name }) => name)).toContain('seen');

      const victim = await world.open(`${https('evil.test')}/`);
      const before = world.outcomes().length;
      await victim.evaluate(submit, { url: `${own}/log-in`, fields: { _csrf: stolen } });
      await victim.waitForURL(`${own}/log-in`);
      const ownTab = await world.open(`${own}/log-in-form`);
      await ownTab.locator('form').evaluate((form: HTMLFormElement) => void setTimeout(() => form.submit()));
      await expect
        .poll(
          () =>
            world
              .outcomes()
              .slice(before)
              .map(({ code }) => code),
          { timeout: 10_000 },
        )
        .toEqual(['csrf/token-invalid', 'allowed']);
      await ownTab.waitForURL(`${own}/log-in`);
      await Promise.all([victim.close(), ownTab.close()]);
    });
  });
});
