import assert from 'node:assert/strict';
import type { Case } from '../case.ts';
import { hasSecurityHeaders, isDefended, securityHeaders } from './expected.ts';

const answers: readonly (readonly [id: string, what: string, target: string, method?: string])[] = [
  ['text', 'text', '/'],
  ['page', 'a page', '/page'],
  ['json', 'JSON', '/json'],
  ['redirect', 'a redirect', '/redirect'],
  ['not-found', "the framework's 404", '/nothing-here'],
  ['not-found-nested', 'a 404 below a route', '/users/1/nothing'],
  ['own-status', 'a status that the handler sets', '/gone'],
  ['error', 'an error', '/throw/error'],
  ['stream', 'a stream', '/stream'],
  ['file', 'a static file', '/assets/site.css'],
  ['missing-file', 'a static file that is missing', '/assets/missing.css'],
  ['head', 'HEAD', '/page', 'HEAD'],
  ['options', 'OPTIONS', '/page', 'OPTIONS'],
  ['wrong-method', 'a method that the route does not have', '/page', 'DELETE'],
  ['not-modified', 'a 304', '/etag'],
];

const each = answers.map(
  ([id, what, target, method = 'GET']): Case => ({
    id: `headers/${id}`,
    sentence: `The security headers are on ${what}.`,
    async check(site) {
      const headers: Record<string, string> = id === 'not-modified' ? { 'If-None-Match': '"v1"' } : {};
      const reply = await site.ask(target, { method, headers });
      // A 304 repeats no policy: the page in the cache keeps its own.
      if (id === 'not-modified') hasSecurityHeaders(reply);
      else isDefended(reply);
    },
  }),
);

export const headerCases: readonly Case[] = [
  ...each,
  {
    id: 'headers/once',
    sentence: 'No response repeats a header.',
    async check(site) {
      for (const target of ['/', '/page', '/throw/error', '/nothing-here']) {
        const { names } = await site.ask(target);
        assert.deepEqual(names, [...new Set(names)], target);
      }
    },
  },
  {
    id: 'headers/route',
    sentence: 'A route can change and remove headers. Other routes keep theirs.',
    async check(site) {
      const widget = await site.ask('/widget');
      assert.equal(widget.header('x-frame-options'), undefined);
      assert.equal(widget.header('cross-origin-resource-policy'), 'cross-origin');
      assert.equal(widget.header('x-content-type-options'), 'nosniff');
      assert.equal(widget.text, 'widget');
      hasSecurityHeaders(await site.ask('/'));
    },
  },
  {
    id: 'headers/off',
    sentence: 'The security headers can be switched off. X-Powered-By is still removed.',
    on: 'off',
    async check(site) {
      for (const target of ['/', '/page', '/json']) {
        const reply = await site.ask(target);
        for (const name of Object.keys(securityHeaders)) assert.equal(reply.header(name), undefined, name);
        assert.equal(reply.header('content-security-policy'), undefined);
        assert.equal(reply.header('x-powered-by'), undefined);
      }
    },
  },
  {
    id: 'headers/off-errors',
    sentence: "With the headers switched off, error responses still show no details and can't run as a page.",
    on: 'off',
    async check(site) {
      const reply = await site.ask('/throw/error');
      assert.equal(reply.status, 500);
      assert.equal(reply.header('x-content-type-options'), 'nosniff');
      assert.match(reply.header('content-security-policy') ?? '', /default-src 'none'/);
      assert.doesNotMatch(reply.text, /hunter2/);
    },
  },
];
