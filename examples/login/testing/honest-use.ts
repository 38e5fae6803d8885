import { expect, test } from 'vitest';
import { Browser } from './browser.ts';
import { logIn, password, signUp, whoIs } from './people.ts';
import type { Site } from './start-site.ts';

/** What the site is for. Both applications pass it. */
export function honestUse(site: () => Site): void {
  test('signs up, changes the profile, and shows it to everybody', async () => {
    const { browser } = await signUp(site().base);
    const saved = await browser.submit('/profile', { shown_name: 'Zoe', about: 'I like tea.' });
    expect(saved.headers.get('location')).toBe('/profile');
    expect(await whoIs(browser)).toBe('Zoe');
    expect(await (await new Browser(site().base).get('/')).text()).toContain('Zoe: I like tea.');
  });

  test('refuses a name that is taken and a short password, and says why', async () => {
    const { name } = await signUp(site().base);
    const browser = new Browser(site().base);
    const taken = await browser.submit('/sign-up', { name, password });
    expect([taken.status, await taken.text()]).toEqual([409, expect.stringContaining('This name is taken.')]);
    const short = await browser.submit('/sign-up', { name: 'somebody-else', password: 'tea' });
    expect([short.status, await short.text()]).toEqual([400, expect.stringContaining('characters')]);
  });

  test('leads to the page that was asked for after log-in', async () => {
    const { name } = await signUp(site().base);
    const browser = new Browser(site().base);
    const asked = await browser.get('/devices');
    expect(asked.headers.get('location')).toBe('/log-in?next=%2Fdevices');
    const response = await browser.submit('/log-in?next=%2Fdevices', { name, password });
    expect(response.headers.get('location')).toBe('/devices');
    expect((await browser.get('/devices')).status).toBe(200);
  });

  test('refuses a wrong password and lets the right one in', async () => {
    const { name } = await signUp(site().base);
    const browser = new Browser(site().base);
    expect((await logIn(browser, name, 'wrong tractor moonbeam')).status).toBe(401);
    expect(await whoIs(browser)).toBeUndefined();
    expect((await logIn(browser, name.toUpperCase())).status).toBe(303);
    expect(await whoIs(browser)).toBe(name);
  });

  test('logs out this device only', async () => {
    const { name, browser } = await signUp(site().base);
    const phone = new Browser(site().base);
    await logIn(phone, name);
    expect((await browser.submit('/profile', {}, '/log-out')).headers.get('location')).toBe('/');
    expect(await whoIs(browser)).toBeUndefined();
    expect(await whoIs(phone)).toBe(name);
  });

  test('lists the devices, and logs out all others', async () => {
    const { name, browser } = await signUp(site().base);
    const phone = new Browser(site().base);
    await logIn(phone, name);
    const devices = async (): Promise<number> =>
      (await (await browser.get('/devices')).text()).split('<li>').length - 1;
    expect(await devices()).toBe(2);
    expect(await (await browser.get('/devices')).text()).toContain('(this one)');
    await browser.submit('/devices', {});
    expect(await devices()).toBe(1);
    expect(await whoIs(phone)).toBeUndefined();
    expect(await whoIs(browser)).toBe(name);
  });

  test('changes the password, and logs out all other devices', async () => {
    const { name, browser } = await signUp(site().base);
    const phone = new Browser(site().base);
    await logIn(phone, name);
    const wrong = await browser.submit('/password', {
      current: 'wrong tractor',
      password: 'amber kettle stopwatch',
    });
    expect(wrong.status).toBe(401);
    await browser.submit('/password', { current: password, password: 'amber kettle stopwatch' });
    expect(await whoIs(browser)).toBe(name);
    expect(await whoIs(phone)).toBeUndefined();
    expect((await logIn(phone, name)).status).toBe(401);
    expect((await logIn(phone, name, 'amber kettle stopwatch')).status).toBe(303);
  });

  test('lets the front end read the API with the cookies of the user', async () => {
    const { browser } = await signUp(site().base);
    const response = await browser.get('/api/me', { origin: 'https://app.example.com' });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    expect(response.headers.get('access-control-allow-credentials')).toBe('true');
  });
}
