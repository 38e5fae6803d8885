import assert from 'node:assert/strict';
import type { Case } from '../case.ts';
import type { Ask, Site } from '../client/site.ts';
import { isProblem } from './expected.ts';

async function client(
  site: Site,
  headers: Readonly<Record<string, string>>,
  ask: Ask = {},
): Promise<unknown> {
  return (await site.ask('/users/1', { ...ask, headers })).json.client;
}

export const proxyCases: readonly Case[] = [
  {
    id: 'proxies/trusted',
    sentence: "The client's address is the one that the trusted proxy recorded.",
    on: 'sealed',
    async check(site) {
      assert.equal(await client(site, { 'X-Forwarded-For': '198.51.100.7' }), '198.51.100.7');
      assert.equal(await client(site, { 'X-Forwarded-For': '2001:db8::7' }), '2001:db8::7');
    },
  },
  {
    id: 'proxies/forged',
    sentence: 'Entries that the client itself put in X-Forwarded-For are ignored.',
    on: 'sealed',
    async check(site) {
      assert.equal(
        await client(site, { 'X-Forwarded-For': '127.0.0.1, 10.0.0.1, 198.51.100.7' }),
        '198.51.100.7',
      );
    },
  },
  {
    id: 'proxies/untrusted',
    sentence: "Forwarded headers of a peer that isn't the proxy are ignored.",
    on: 'sealed',
    async check(site) {
      const forged = {
        'X-Forwarded-For': '198.51.100.7',
        Forwarded: 'for=198.51.100.7',
        'X-Real-IP': '198.51.100.7',
      };
      assert.equal(await client(site, forged, { from: '127.0.0.2' }), '127.0.0.2');
    },
  },
  {
    id: 'proxies/none',
    sentence: 'Without trusted proxies, forwarded headers are ignored.',
    async check(site) {
      const forged = {
        'X-Forwarded-For': '198.51.100.7',
        'CF-Connecting-IP': '198.51.100.7',
        Forwarded: 'for=198.51.100.7',
      };
      assert.equal(await client(site, forged), '127.0.0.1');
    },
  },
  {
    id: 'proxies/malformed',
    sentence: 'Malformed addresses are ignored.',
    on: 'sealed',
    async check(site) {
      for (const text of ['unknown', '<script>', '', ',,,', '999.1.1.1', "198.51.100.7' OR 1=1"]) {
        const found = await client(site, { 'X-Forwarded-For': text });
        assert.ok(found === undefined || found === '127.0.0.1', `${text}: ${found}`);
      }
    },
  },
  {
    id: 'proxies/limit-not-evaded',
    sentence: "A client can't evade a limit with forwarded headers.",
    on: 'sealed',
    async check(site) {
      const statuses: number[] = [];
      for (let i = 0; i < 4; i++) {
        const headers = { 'X-Forwarded-For': `198.51.100.${100 + i}`, 'X-Real-IP': `198.51.100.${100 + i}` };
        statuses.push((await site.ask('/limited', { headers, from: '127.0.0.3' })).status);
      }
      assert.deepEqual(statuses, [200, 200, 429, 429]);
    },
  },
  {
    id: 'proxies/origin',
    sentence: "Forged X-Forwarded-Host and -Proto don't change what the site's own origin is.",
    on: 'sealed',
    async check(site) {
      const headers = {
        ...{ Origin: 'https://evil.example', Cookie: '__Host-session=x' },
        ...{ 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https' },
      };
      isProblem(await site.ask('/transfer', { method: 'POST', headers, body: '', from: '127.0.0.2' }), 403);
    },
  },
  {
    id: 'proxies/events',
    sentence: "Events have the client's address, not the proxy's.",
    on: 'sealed',
    async check(site) {
      const headers = { 'X-Forwarded-For': '198.51.100.9' };
      const { json } = await site.ask('/reject/refusal', { headers });
      const events: readonly { request?: { id: string; client?: string } }[] = (await site.ask('/events'))
        .json;
      assert.equal(
        events.find(({ request }) => request?.id === json.requestId)?.request?.client,
        '198.51.100.9',
      );
    },
  },
];
