import {
  expectCorsRefused,
  expectCsrfRefused,
  expectInert,
  expectLimited,
  expectNoLeak,
  expectNoOpenRedirect,
} from 'bulwark/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missing } from '../../checks/machine/missing.ts';
import { Browser } from './testing/browser.ts';
import { honestUse } from './testing/honest-use.ts';
import { password, signUp } from './testing/people.ts';
import { origin, type Site, startSite } from './testing/start-site.ts';

const reason = missing('postgres');

describe.skipIf(reason)(`the site without Bulwark${reason ? `: ${reason}` : ''}`, () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite(() => import('./plain.ts'));
  });
  afterAll(() => site?.close());

  honestUse(() => site);

  describe('loses what app.ts keeps', () => {
    test('a form of another site changes the profile', async () => {
      const { browser } = await signUp(site.base);
      const change = (headers: Record<string, string>): Promise<Response> =>
        browser.post('/profile', { shown_name: 'Eve', about: '' }, headers);
      await expect(expectCsrfRefused(change, { origin })).rejects.toThrow(
        'CSRF: a forged request was accepted.',
      );
    });

    test('a log-in leads to another site', async () => {
      const { name } = await signUp(site.base);
      const target = (next: string): Promise<Response> =>
        new Browser(site.base).post('/log-in', { name, password, next });
      await expect(expectNoOpenRedirect(target, { harmless: '/profile' })).rejects.toThrow(
        'Open redirect: a payload leads elsewhere.',
      );
    });

    test('any site reads the API', async () => {
      const { browser } = await signUp(site.base);
      const read = (headers: Record<string, string>): Promise<Response> => browser.get('/api/me', headers);
      await expect(expectCorsRefused(read, { allowed: ['https://app.example.com'] })).rejects.toThrow(
        'CORS: ',
      );
    });

    test('a profile runs scripts for whoever reads it', async () => {
      const { browser } = await signUp(site.base);
      const show = async (about: string): Promise<string> => {
        await browser.post('/profile', { shown_name: 'Eve', about: about.replaceAll('\0', '') });
        return (await browser.get('/')).text();
      };
      await expect(expectInert(show)).rejects.toThrow('XSS: a payload became something that runs.');
    });

    test('a failing database shows the code', async () => {
      await site.admin.query('alter table users rename to people');
      try {
        const failing = (): Promise<Response> => new Browser(site.base).get('/');
        await expect(expectNoLeak(failing)).rejects.toThrow('An error page tells too much.');
      } finally {
        await site.admin.query('alter table people rename to users');
      }
    });

    test('an unlimited number of passwords is tried', async () => {
      const { name } = await signUp(site.base);
      const guess = (n: number): Promise<Response> =>
        new Browser(site.base).post('/log-in', { name, password: `guess-${n}` });
      await expect(expectLimited(guess, { attempts: 30, most: 20, timeoutMs: 20_000 })).rejects.toThrow(
        'No limit: too many attempts got through.',
      );
    });
  });
});
