import assert from 'node:assert/strict';
import type { Case } from '../case.ts';
import { hasSecurityHeaders } from './expected.ts';

const report = JSON.stringify({
  'csp-report': {
    'document-uri': 'https://shop.example/page?token=hunter2',
    'effective-directive': 'img-src',
    'blocked-uri': 'https://evil.example/x.png',
  },
});
const asReport = { 'Content-Type': 'application/csp-report' };

export const policyCases: readonly Case[] = [
  {
    id: 'csp/strict',
    sentence: 'The policy is strict: scripts by nonce, no plugins, no foreign base or form target.',
    async check(site) {
      const policy = (await site.ask('/page')).header('content-security-policy') ?? '';
      assert.match(policy, /script-src[^;]*'nonce-/);
      assert.match(policy, /object-src 'none'/);
      assert.match(policy, /base-uri '(?:none|self)'/);
      assert.match(policy, /frame-ancestors '(?:none|self)'/);
      assert.match(policy, /form-action 'self'/);
      assert.doesNotMatch(policy, /script-src[^;]*'unsafe-inline'(?![^;]*'strict-dynamic')/);
    },
  },
  {
    id: 'csp/extended',
    sentence: 'A route can extend the policy. The nonce still matches the page.',
    async check(site) {
      const page = await site.ask('/csp/map');
      assert.match(page.header('content-security-policy') ?? '', /frame-src [^;]*https:\/\/maps\.example/);
      assert.equal(page.pageNonce, page.policyNonce);
      assert.ok(page.pageNonce);
      hasSecurityHeaders(page);
    },
  },
  {
    id: 'csp/not-shared',
    sentence: "A change on one route doesn't affect concurrent requests to others.",
    async check(site) {
      const [map, page, again] = await Promise.all(
        ['/csp/map', '/page', '/csp/map'].map((path) => site.ask(path)),
      );
      assert.doesNotMatch(page?.header('content-security-policy') ?? '', /maps\.example/);
      for (const each of [map, again])
        assert.match(each?.header('content-security-policy') ?? '', /maps\.example/);
    },
  },
  {
    id: 'csp/none',
    sentence: 'A route can send no policy. It keeps the other headers.',
    async check(site) {
      const page = await site.ask('/csp/none');
      assert.equal(page.status, 200);
      assert.equal(page.header('content-security-policy'), undefined);
      assert.equal(page.header('content-security-policy-report-only'), undefined);
      hasSecurityHeaders(page);
    },
  },
  {
    id: 'csp/report-only',
    sentence: 'A route can report violations without blocking.',
    async check(site) {
      const page = await site.ask('/csp/report-only');
      assert.equal(page.header('content-security-policy'), undefined);
      assert.match(page.header('content-security-policy-report-only') ?? '', /'nonce-/);
      assert.ok(page.header('content-security-policy-report-only')?.includes(page.pageNonce ?? '-'));
    },
  },
  {
    id: 'csp/report-to',
    sentence: 'The policy and Reporting-Endpoints name the report endpoint.',
    async check(site) {
      const page = await site.ask('/page');
      assert.match(page.header('content-security-policy') ?? '', /report-uri \/csp-reports/);
      assert.match(page.header('reporting-endpoints') ?? '', /"\/csp-reports"/);
    },
  },
  {
    id: 'csp/report',
    sentence: 'A report gets 204. Its event leaves out the query string of the page.',
    async check(site) {
      const reply = await site.ask('/csp-reports', { method: 'POST', headers: asReport, body: report });
      assert.equal(reply.status, 204);
      hasSecurityHeaders(reply);
      const events: readonly { code: string }[] = (await site.ask('/events')).json;
      assert.ok(events.some(({ code }) => code === 'csp/violation'));
      assert.doesNotMatch(JSON.stringify(events), /hunter2/);
    },
  },
  {
    id: 'csp/report-with-session',
    sentence: 'A report with cookies needs no CSRF token.',
    on: 'stored',
    async check(site) {
      const headers = { ...asReport, Cookie: '__Host-session=x', 'Sec-Fetch-Site': 'cross-site' };
      assert.equal((await site.ask('/csp-reports', { method: 'POST', headers, body: report })).status, 204);
    },
  },
  {
    id: 'csp/report-wrong-method',
    sentence: 'The report endpoint answers GET with 405 and Allow.',
    async check(site) {
      const reply = await site.ask('/csp-reports');
      assert.equal(reply.status, 405);
      assert.equal(reply.header('allow'), 'POST');
    },
  },
  {
    id: 'csp/report-wrong-type',
    sentence: 'The report endpoint answers other content types with 415.',
    async check(site) {
      const headers = { 'Content-Type': 'text/plain' };
      assert.equal((await site.ask('/csp-reports', { method: 'POST', headers, body: report })).status, 415);
    },
  },
  {
    id: 'csp/report-malformed',
    sentence: 'The report endpoint answers a malformed report with 400.',
    async check(site) {
      const reply = await site.ask('/csp-reports', {
        method: 'POST',
        headers: asReport,
        body: '{"csp-report":',
      });
      assert.equal(reply.status, 400);
      hasSecurityHeaders(reply);
    },
  },
  {
    id: 'csp/report-too-large',
    sentence:
      'The report endpoint answers a report that is too large with 413, with and without Content-Length.',
    async check(site) {
      const long = 'x'.repeat(20_000);
      const announced = await site.ask('/csp-reports', { method: 'POST', headers: asReport, body: long });
      assert.equal(announced.status, 413);
      const chunked = await site.ask('/csp-reports', { method: 'POST', headers: asReport, chunks: [long] });
      assert.equal(chunked.status, 413);
    },
  },
];
