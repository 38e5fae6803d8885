import { expect, it } from 'vitest';
import { drawer } from '../testing/drawn.ts';
import { isDrawn } from './drawn-text.ts';

it.each(['<a20>', '<a32>', '<h40>', '<b43>', '<u24>'])(
  'takes nearly every text of %s for drawn',
  (template) => {
    const draw = drawer(5);
    const drawn = Array.from({ length: 1000 }, () => isDrawn(draw(template))).filter(Boolean).length;
    expect(drawn).toBeGreaterThan(950);
  },
);

it.each([
  'gatewaysecretpassphrase',
  'my-super-secret-key',
  'correcthorsebatterystaple',
  'sessionCookieName',
  'user.settings.theme',
  'com.example.shop.token',
  '1234567890123456',
  'aaaaaaaaaaaaaaaaaaaa',
])('takes %s for written', (text) => {
  expect(isDrawn(text)).toBe(false);
});
