import assert from 'node:assert/strict';
import type { Case } from '../case.ts';
import { isPrivate } from './expected.ts';

export const nonceCases: readonly Case[] = [
  {
    id: 'nonce/page',
    sentence: "The framework's own template renders the nonce of the policy.",
    async check(site) {
      const page = await site.ask('/page');
      assert.equal(page.status, 200);
      assert.match(page.header('content-type') ?? '', /^text\/html/);
      assert.ok(page.pageNonce);
      assert.equal(page.pageNonce, page.policyNonce);
      assert.equal(Buffer.from(page.pageNonce, 'base64').length, 16);
    },
  },
  {
    id: 'nonce/fresh',
    sentence: 'Each response has its own nonce, also on one connection.',
    async check(site) {
      const connection = await site.connect();
      for (let i = 0; i < 20; i++) connection.write(site.request('/page'), 'GET');
      const answers = await connection.received(20);
      const nonces = answers.map(({ text }) => /nonce="([^"]+)"/.exec(text)?.[1]);
      assert.equal(new Set(nonces).size, 20);
      assert.ok(!nonces.includes(undefined));
    },
  },
  {
    id: 'nonce/not-from-client',
    sentence: "A client can't choose the nonce.",
    async check(site) {
      const chosen = 'AAAAAAAAAAAAAAAAAAAAAA==';
      const headers = {
        'X-Nonce': chosen,
        'X-CSP-Nonce': chosen,
        'Content-Security-Policy': `script-src 'nonce-${chosen}'`,
        Purpose: 'prefetch',
        'Next-Router-Prefetch': '1',
      };
      const page = await site.ask(`/page?nonce=${encodeURIComponent(chosen)}`, { headers });
      assert.equal(page.status, 200);
      assert.ok(page.policyNonce);
      assert.ok(!page.text.includes(chosen) && !page.header('content-security-policy')?.includes(chosen));
    },
  },
  {
    id: 'nonce/escaped-page',
    sentence: 'The template escapes untrusted text.',
    async check(site) {
      const page = await site.ask(`/page?name=${encodeURIComponent('<script>alert(1)</script>')}`);
      assert.doesNotMatch(page.text, /<script>alert/);
      assert.match(page.text, /&lt;script/);
    },
  },
  {
    id: 'nonce/context',
    sentence: 'currentRequest().nonce is the nonce of the policy.',
    async check(site) {
      const reply = await site.ask('/users/1');
      assert.equal(reply.json.nonce, reply.policyNonce);
      assert.ok(reply.policyNonce);
    },
  },
  {
    id: 'nonce/no-shared-cache',
    sentence: 'No shared cache keeps a page with a nonce, whatever the handler says.',
    async check(site) {
      isPrivate(await site.ask('/page'));
      const cached = await site.ask('/cached');
      isPrivate(cached);
      assert.match(cached.header('cache-control') ?? '', /max-age=60/);
    },
  },
  {
    id: 'nonce/shared-style',
    sentence: 'Shared caches may still store a style sheet.',
    async check(site) {
      const style = await site.ask('/style.css');
      assert.equal(style.header('cache-control'), 'public, max-age=60');
      assert.equal(style.text, 'p{}');
    },
  },
  {
    id: 'nonce/not-modified',
    sentence: "A 304 doesn't replace the policy of the cached page, and doesn't make the page public.",
    async check(site) {
      const reply = await site.ask('/etag', { headers: { 'If-None-Match': '"v1"' } });
      assert.equal(reply.status, 304);
      assert.equal(reply.header('content-security-policy'), undefined);
      assert.doesNotMatch(reply.header('cache-control') ?? '', /public/);
      assert.equal(reply.header('etag'), '"v1"');
    },
  },
  {
    id: 'nonce/head',
    sentence: 'HEAD returns the headers of the page, including Cache-Control.',
    async check(site) {
      const head = await site.ask('/page', { method: 'HEAD' });
      assert.equal(head.status, 200);
      assert.equal(head.text, '');
      assert.ok(head.policyNonce);
      isPrivate(head);
    },
  },
];
