import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { browser } from '../../checks/session/browser.ts';
import { configureEvents } from '../event/index.ts';
import { withRequest } from '../request/index.ts';
import { memoryStore, type Sessions, sessions } from './index.ts';

interface Data {
  cart: string[];
  visits: number;
  theme: string;
}

let own: Sessions<Data>;

beforeAll(() => void configureEvents({ sinks: [] }));
beforeEach(() => {
  own = sessions<Data>({ store: memoryStore() });
});

describe('revocation', () => {
  it('ends one, all, and all but this one', async () => {
    const [phone, laptop, other] = [browser(), browser(), browser()];
    phone.userAgent = `Phone/${'x'.repeat(400)}`;
    for (const each of [phone, laptop]) await (await each.visit(own)).logIn('ann');
    await (await other.visit(own)).logIn('bob');
    const device = (await own.list('ann')).find(({ userAgent }) => userAgent?.startsWith('Phone/'));
    expect(device?.userAgent?.length).toBe(256);
    expect(phone.cookie).not.toContain(device?.id);
    const seen = await own.list('ann', await laptop.visit(own));
    expect(seen.filter(({ current }) => current).map(({ userAgent }) => userAgent)).toEqual(['Browser/1.0']);
    expect(await own.revoke(device?.id ?? '', 'bob')).toBe(false);
    expect(await own.revoke(device?.id ?? '', 'ann')).toBe(true);
    expect((await phone.visit(own)).user).toBeUndefined();
    await (await phone.visit(own)).logIn('ann');
    expect(await own.revokeOthers(await laptop.visit(own))).toBe(1);
    expect((await phone.visit(own)).user).toBeUndefined();
    expect((await laptop.visit(own)).user).toBe('ann');
    expect(await own.revokeAll('ann')).toBe(1);
    expect((await laptop.visit(own)).user).toBeUndefined();
    expect((await other.visit(own)).user).toBe('bob');
  });

  it('accepts no device id as a cookie, and no cookie as a device id', async () => {
    const user = browser();
    await (await user.visit(own)).logIn('ann');
    const [device] = await own.list('ann');
    expect((await browser(`__Host-session=${device?.id}`).visit(own)).user).toBeUndefined();
    expect(await own.revoke(user.cookie?.split('=')[1] ?? '')).toBe(false);
    for (const id of ['', '*', '__proto__', "' or 1=1", 'x'.repeat(43_000), 7 as never]) {
      expect(await own.revoke(id)).toBe(false);
    }
    expect((await user.visit(own)).user).toBe('ann');
  });

  it('refuses revokeOthers of a session that has no user', async () => {
    await expect(own.revokeOthers(await browser().visit(own))).rejects.toMatchObject({
      code: 'session/ended',
    });
    await expect(own.revokeOthers({} as never)).rejects.toMatchObject({ code: 'bulwark/invalid-option' });
  });

  it('keeps what a browser or a proxy sent printable, for the list', async () => {
    const user = browser();
    user.userAgent = `A\0B\u001b[31m\n${'x'.repeat(254)}\ud83d\ude00`;
    await withRequest({ client: '192.0.2.1\0' }, async () => {
      await (await user.visit(own)).logIn('ann');
    });
    const [device] = await own.list('ann');
    expect(device).toMatchObject({
      userAgent: expect.stringMatching(/^A B \[31m x+$/),
      address: '192.0.2.1',
    });
  });

  it('opens no session in another application with the same store', async () => {
    const store = memoryStore();
    const [shop, admin] = [sessions({ store }), sessions({ store, cookie: { name: '__Host-admin' } })];
    const user = browser();
    await (await user.visit(shop)).logIn('ann');
    const moved = browser(user.cookie?.replace('__Host-session', '__Host-admin'));
    expect((await moved.visit(admin)).isNew).toBe(true);
    expect((await user.visit(shop)).user).toBe('ann');
  });
});
