import assert from 'node:assert/strict';
import type { Case } from '../case.ts';
import { isDefended, isProblem, tellsNothing } from './expected.ts';

/** Sent as they are: no client of HTTP would. */
const odd: readonly (readonly [id: string, what: string, target: string])[] = [
  ['percent', 'a lone percent sign', '/%'],
  ['percent-route', 'a lone percent sign below a route', '/users/%'],
  ['not-utf8', 'bytes that are not UTF-8', '/users/%ff%fe'],
  ['encoded-null', 'an encoded NUL', '/users/%00'],
  ['two-slashes', 'two slashes', '//evil.example/page'],
  ['three-slashes', 'three slashes', '///evil.example/%2e%2e'],
  ['backslash', 'a backslash', '/\\evil.example'],
  ['dots', 'dot segments', '/../../etc/passwd'],
  ['encoded-slash', 'an encoded slash', '/users%2f17'],
  ['encoded-line-break', 'an encoded line break', '/users/%0d%0aSet-Cookie:%20a=1'],
  ['brackets', 'characters that no URL has', '/users/{}[]|^`<>"'],
  ['proto', 'a field called __proto__', '/page?__proto__[x]=1&constructor.prototype.x=1&toString=1'],
  ['query-percent', 'a query that is not encoded well', '/?a=%&b=%zz&=&&c'],
];

const harmless = odd.map(
  ([id, what, target]): Case => ({
    id: `targets/${id}`,
    sentence: `A target with ${what} causes no 5xx, reveals nothing and has the headers.`,
    async check(site) {
      const reply = await site.ask(target);
      assert.ok(reply.status < 500, `${reply.status} ${reply.text}`);
      assert.doesNotMatch(reply.text, /root:x:/);
      assert.deepEqual(reply.cookies, []);
      const location = reply.header('location');
      if (location !== undefined) assert.doesNotMatch(location, /^(?:[/\\]{2}|https?:)/);
      tellsNothing(reply);
      isDefended(reply);
    },
  }),
);

export const targetCases: readonly Case[] = [
  ...harmless,
  {
    id: 'targets/absolute',
    sentence: 'A target in absolute form works if it names the same host as Host.',
    async check(site) {
      const reply = await site.ask('http://shop.example/');
      assert.equal(reply.status, 200);
      assert.equal(reply.text, 'hello');
      isDefended(reply);
    },
  },
  {
    id: 'targets/other-host',
    sentence: 'A target that names another host than Host is refused with 400.',
    async check(site) {
      isProblem(await site.ask('http://evil.example/page'), 400);
    },
  },
  {
    id: 'targets/asterisk',
    sentence: 'OPTIONS * gets a response with the headers.',
    async check(site) {
      const reply = await site.ask('*', { method: 'OPTIONS' });
      assert.ok(reply.status < 500, String(reply.status));
      isDefended(reply);
    },
  },
  {
    id: 'targets/redirect',
    sentence: 'A redirect goes where the handler sends it.',
    async check(site) {
      const reply = await site.ask('/redirect');
      assert.equal(reply.status, 302);
      assert.equal(reply.header('location')?.replace(/^http:\/\/shop\.example/, ''), '/page');
    },
  },
];
