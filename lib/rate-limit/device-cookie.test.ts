import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keyring } from '../secrets/keyring.ts';
import { type DeviceCookieValue, deviceCookies } from './device-cookie.ts';

const first = 't0rD6sUuZ3yJQm8cWl5xFvA2eHk9bNPi';
const second = 'X4mTz7QpRk1LsVw8NjYc3BhGd6FaUe0o';
const cookies = deviceCookies(keyring(first), '__Host-device', 3_600);
const issue = (account: string, before?: DeviceCookieValue, from = cookies): string =>
  /^__Host-device=([^;]+);/.exec(from.issue(before, account))?.[1] ?? '';

afterEach(() => vi.useRealTimers());

describe('a device cookie', () => {
  it('is bound to its account, and to this host', () => {
    expect(cookies.issue(undefined, 'anna')).toMatch(
      /^__Host-device=[\w.-]{80,90}; Path=\/; Max-Age=3600; Secure; HttpOnly; SameSite=Lax$/,
    );
    const value = issue('anna');
    expect(cookies.deviceOf(value, 'anna')?.nonce).toMatch(/^[\w-]{22}$/);
    for (const other of ['bert', 'ann', 'anna ', '', '__proto__'])
      expect(cookies.deviceOf(value, other)).toBeUndefined();
  });

  it('keeps its nonce, and so its counter, when it is issued again; a new browser gets a new one', () => {
    const value = issue('anna');
    const again = issue('anna', value);
    expect(cookies.deviceOf(again, 'anna')).toEqual(cookies.deviceOf(value, 'anna'));
    expect(again.split('~')).toHaveLength(1);
    expect(cookies.deviceOf(issue('anna'), 'anna')).not.toEqual(cookies.deviceOf(value, 'anna'));
  });

  it('knows the last five accounts of a browser', () => {
    const names = ['anna', 'bert', 'cleo', 'dora', 'emil', 'fred'];
    let value = '';
    for (const name of names) value = issue(name, value);
    expect(names.map((name) => cookies.deviceOf(value, name) !== undefined)).toEqual([
      false,
      true,
      true,
      true,
      true,
      true,
    ]);
    expect(value.length).toBeLessThan(500);
  });

  it('ends', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const value = issue('anna');
    vi.setSystemTime(Date.now() + 3_599_000);
    expect(cookies.deviceOf(value, 'anna')).toBeDefined();
    vi.setSystemTime(Date.now() + 2_000);
    expect(cookies.deviceOf(value, 'anna')).toBeUndefined();
  });

  it('is valid under a former key, and issued under the current one', () => {
    const value = issue('anna');
    const rotated = deviceCookies(keyring(second, first), '__Host-device', 3_600);
    expect(rotated.deviceOf(value, 'anna')).toEqual(cookies.deviceOf(value, 'anna'));
    const renewed = issue('anna', value, rotated);
    const later = deviceCookies(keyring(second), '__Host-device', 3_600);
    expect(later.deviceOf(renewed, 'anna')).toEqual(cookies.deviceOf(value, 'anna'));
    expect(later.deviceOf(value, 'anna')).toBeUndefined();
  });

  it('of another application, or forged in any part, is ignored', () => {
    const value = issue('anna');
    const foreign = issue('anna', undefined, deviceCookies(keyring(second), '__Host-device', 3_600));
    expect(cookies.deviceOf(foreign, 'anna')).toBeUndefined();
    for (let index = 0; index < value.length; index++) {
      const forged = value.slice(0, index) + (value[index] === 'A' ? 'B' : 'A') + value.slice(index + 1);
      // The last character of a signature has two bits that belong to no byte. It is compared as text, so they count.
      expect(cookies.deviceOf(forged, 'anna'), forged).toBeUndefined();
    }
    const [id, , nonce, signature] = value.split('.');
    expect(cookies.deviceOf([id, 'zzzzzzzz', nonce, signature].join('.'), 'anna')).toBeUndefined();
  });

  it('may be anything that a client sends', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.array(fc.string()), fc.string({ unit: 'binary' })), (value) => {
        expect(cookies.deviceOf(value, 'anna')).toBeUndefined();
        expect(cookies.issue(value, 'anna')).toMatch(
          /^__Host-device=[\w.~-]+; Path=\/; Max-Age=3600; Secure; HttpOnly; SameSite=Lax$/,
        );
      }),
      { numRuns: 500, seed: 20261201 },
    );
    expect(cookies.deviceOf(`${'x~'.repeat(1_000_000)}${issue('anna')}`, 'anna')).toBeUndefined();
  });

  it('is found beside one that another path has set', () => {
    const value = issue('anna');
    expect(cookies.deviceOf(['junk', value], 'anna')).toEqual(cookies.deviceOf(value, 'anna'));
  });
});
