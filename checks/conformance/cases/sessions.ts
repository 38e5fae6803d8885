import assert from 'node:assert/strict';
import type { Case } from '../case.ts';
import { origin } from '../configurations.ts';
import { logIn } from './csrf.ts';
import { isDefended, isPrivate, isProblem } from './expected.ts';

const own = { Origin: origin, 'Sec-Fetch-Site': 'same-origin' };

type Shape = Omit<Case, 'on'>;

const both: readonly Shape[] = [
  {
    id: 'visitor',
    sentence: 'A visitor has an empty session and gets no cookie.',
    async check(site) {
      const reply = await site.ask('/session');
      assert.deepEqual(reply.json, { data: {}, isNew: true });
      assert.deepEqual(reply.cookies, []);
    },
  },
  {
    id: 'cookie',
    sentence:
      "The cookie is __Host-, Secure, HttpOnly and SameSite. Shared caches don't store the response that sets it.",
    async check(site) {
      const reply = await site.ask('/log-in', { method: 'POST', headers: own });
      assert.equal(reply.text, 'in');
      assert.equal(reply.cookies.length, 1);
      const [cookie = ''] = reply.cookies;
      assert.match(cookie, /^__Host-session=[^;]+;/);
      for (const part of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax'])
        assert.ok(cookie.includes(part), part);
      isPrivate(reply);
    },
  },
  {
    id: 'user',
    sentence: 'Later requests have the user, in the session and in the context.',
    async check(site) {
      const headers = { Cookie: await logIn(site) };
      const reply = await site.ask('/session', { headers });
      assert.equal(reply.json.user, 'ann');
      isPrivate(reply);
      assert.equal((await site.ask('/users/1', { headers })).json.user, 'ann');
      assert.equal((await site.ask('/users/1')).json.user, undefined);
    },
  },
  {
    id: 'data',
    sentence:
      "Session data is there at the next request. A cookie that the handler sets doesn't replace the session's.",
    async check(site) {
      const reply = await site.ask('/name', {
        method: 'POST',
        headers: { ...own, Cookie: await logIn(site) },
      });
      assert.equal(reply.text, 'saved');
      assert.ok(
        reply.cookies.some((line) => line.startsWith('theme=dark')),
        reply.cookies.join(),
      );
      const first = await site.ask('/name', { method: 'POST', headers: own });
      assert.ok(
        first.cookies.some((line) => line.startsWith('theme=dark')),
        first.cookies.join(),
      );
      assert.ok(
        first.cookies.some((line) => line.startsWith('__Host-session=')),
        first.cookies.join(),
      );
      assert.equal((await site.ask('/session', { headers: { Cookie: first.jar } })).json.data.name, 'lamp');
    },
  },
  {
    id: 'fresh',
    sentence: 'A cookie from before the log-in is not logged in after it (session fixation, CWE-384).',
    async check(site) {
      const before = (await site.ask('/name', { method: 'POST', headers: own })).jar;
      const after = await site.ask('/log-in', { method: 'POST', headers: { ...own, Cookie: before } });
      const inside = await site.ask('/session', { headers: { Cookie: after.jar } });
      assert.equal(inside.json.user, 'ann');
      assert.equal(inside.json.data.name, 'lamp');
      assert.equal((await site.ask('/session', { headers: { Cookie: before } })).json.user, undefined);
    },
  },
  {
    id: 'log-out',
    sentence: 'The log-out removes the cookie.',
    async check(site) {
      const Cookie = await logIn(site);
      const out = await site.ask('/log-out', { method: 'POST', headers: { ...own, Cookie } });
      assert.match(out.cookies.join(), /^__Host-session=;.*Max-Age=0/);
    },
  },
  {
    id: 'tampered',
    sentence: 'A changed or invented cookie logs nobody in.',
    async check(site) {
      const cookie = await logIn(site);
      const changed = cookie.slice(0, -2) + (cookie.endsWith('AA') ? 'BB' : 'AA');
      for (const Cookie of [
        changed,
        '__Host-session=',
        `__Host-session=${'A'.repeat(3_000)}`,
        '__Host-session=%00"',
      ]) {
        const reply = await site.ask('/session', { headers: { Cookie } });
        assert.equal(reply.status, 200);
        assert.equal(reply.json.user, undefined);
      }
    },
  },
  {
    id: 'private',
    sentence: "Shared caches don't store a user's responses, unless the handler sets Cache-Control.",
    async check(site) {
      const headers = { Cookie: await logIn(site) };
      isPrivate(await site.ask('/json', { headers }));
      assert.equal((await site.ask('/style.css', { headers })).header('cache-control'), 'public, max-age=60');
    },
  },
  {
    id: 'error',
    sentence: 'Errors look the same for a logged-in user.',
    async check(site) {
      isProblem(await site.ask('/reject/error', { headers: { Cookie: await logIn(site) } }), 500);
    },
  },
  {
    id: 'not-found',
    sentence: "For a logged-in user, the framework's 404 has the headers and stays out of shared caches.",
    async check(site) {
      const reply = await site.ask('/nothing', { headers: { Cookie: await logIn(site) } });
      assert.equal(reply.status, 404);
      isDefended(reply);
      isPrivate(reply);
    },
  },
];

const revocation: Case = {
  id: 'stored/revoked',
  sentence: 'After the log-out, a stolen copy of the cookie no longer works.',
  on: 'stored',
  async check(site) {
    const Cookie = await logIn(site);
    await site.ask('/log-out', { method: 'POST', headers: { ...own, Cookie } });
    assert.equal((await site.ask('/session', { headers: { Cookie } })).json.user, undefined);
  },
};

export const sessionCases: readonly Case[] = [
  ...(['sealed', 'stored'] as const).flatMap((on) =>
    both.map((each): Case => ({ ...each, on, id: `${on}/${each.id}` })),
  ),
  revocation,
];
