import assert from 'node:assert/strict';
import type { Case } from '../case.ts';
import { logIn } from './csrf.ts';

export const cookieCases: readonly Case[] = [
  {
    id: 'cookies/several',
    sentence: 'Each cookie has its own Set-Cookie line.',
    async check(site) {
      const { cookies, text } = await site.ask('/cookies');
      assert.deepEqual(
        cookies.map((line) => line.split(';', 1)[0]),
        ['a=1', 'b=2'],
      );
      assert.equal(text, 'cookies');
    },
  },
  {
    id: 'cookies/none',
    sentence: 'No response sets a cookie that nobody asked for.',
    async check(site) {
      for (const target of ['/', '/page', '/nothing', '/throw/error']) {
        assert.deepEqual((await site.ask(target)).cookies, [], target);
      }
    },
  },
  {
    id: 'cookies/crowd',
    sentence: 'The session is found among many cookies, some of them malformed.',
    on: 'sealed',
    async check(site) {
      const own = await logIn(site);
      const others = Array.from({ length: 40 }, (_, i) => `c${i}=${i}`).join('; ');
      const Cookie = `=; ;;${others}; broken; "x"=y; ${own}; __proto__=1; %=%`;
      assert.equal((await site.ask('/session', { headers: { Cookie } })).json.user, 'ann');
    },
  },
  {
    id: 'cookies/two-sessions',
    sentence: 'Of two session cookies, one counts, or none.',
    on: 'sealed',
    async check(site) {
      const own = await logIn(site);
      const reply = await site.ask('/session', { headers: { Cookie: `__Host-session=planted; ${own}` } });
      assert.equal(reply.status, 200);
      assert.ok(reply.json.user === undefined || reply.json.user === 'ann');
    },
  },
];
