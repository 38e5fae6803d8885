import assert from 'node:assert/strict';
import type { Reply } from '../client/reply.ts';
import { secret } from '../world/thrown.ts';

/** What every response has (https://owasp.org/www-project-secure-headers/, 2026-11). */
export const securityHeaders: Readonly<Record<string, string>> = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'same-origin',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

/** Every security header once, with its value, and nothing that tells what serves it. */
export function hasSecurityHeaders(reply: Reply): void {
  for (const [name, value] of Object.entries(securityHeaders)) assert.equal(reply.header(name), value, name);
  assert.match(reply.header('permissions-policy') ?? '', /camera=\(\)/, 'permissions-policy');
  tellsNothing(reply);
}

/** The headers and a policy. */
export function isDefended(reply: Reply): void {
  hasSecurityHeaders(reply);
  const policies = reply.names.filter((name) => name === 'content-security-policy');
  assert.equal(policies.length, 1, 'one Content-Security-Policy');
  assert.match(reply.header('content-security-policy') ?? '', /default-src '(?:none|self)'|'nonce-/);
}

/** CWE-200. */
export function tellsNothing(reply: Reply): void {
  for (const name of ['x-powered-by', 'server', 'x-aspnet-version', 'x-nextjs-cache', 'via']) {
    assert.equal(reply.header(name), undefined, name);
  }
  assert.ok(
    !reply.text.includes(secret) && !reply.lines.some(([, value]) => value.includes(secret)),
    'the secret is shown',
  );
  assert.doesNotMatch(reply.text, /\bat .*:\d+:\d+|node_modules|\.ts:\d+/, 'a stack trace');
}

/** An error as a client may see it: RFC 9457, CWE-209. */
export function isProblem(reply: Reply, status: number): void {
  assert.equal(reply.status, status);
  assert.match(reply.header('content-type') ?? '', /^application\/problem\+json/);
  const { type, title, status: inside, requestId, ...more } = reply.json;
  assert.equal(inside, status);
  assert.equal(typeof title, 'string');
  assert.match(requestId, /^[\w.:=@/+-]{1,128}$/);
  assert.ok(type === 'about:blank' || /^(?:https:|urn:|\/)/.test(type), `type ${type}`);
  for (const name of Object.keys(more))
    assert.ok(['code', 'detail', 'errors', 'retryAfterSeconds'].includes(name), name);
  assert.match(reply.header('cache-control') ?? '', /no-store/);
  isDefended(reply);
}

/** No cache that serves several users may keep it. */
export function isPrivate(reply: Reply): void {
  const value = reply.header('cache-control') ?? '';
  assert.match(value, /\b(?:private|no-store)\b/, `Cache-Control: ${value}`);
  assert.doesNotMatch(value, /public|s-maxage/);
  assert.equal(reply.header('cdn-cache-control'), undefined);
}
