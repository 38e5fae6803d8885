import { describe, expect, it } from 'vitest';
import { expectInert } from './expect-inert.ts';

const escaped = (value: string): string => value.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
const policy = (value: string): string =>
  `<meta http-equiv="Content-Security-Policy" content="${escaped(value)}"><p>a</p>`;

describe('expectInert on attributes that decide what runs', () => {
  it.each<[string, (value: string) => string]>([
    ['the sandbox of a frame', (v) => `<iframe sandbox="${escaped(v)}" src="/a"></iframe>`],
    ['a token of the sandbox', (v) => `<iframe sandbox="allow-forms ${escaped(v)}" src="/a"></iframe>`],
    ['what a frame may use', (v) => `<iframe allow="${escaped(v)}" src="/a"></iframe>`],
    ['the type of a script', (v) => `<script type="${escaped(v)}">go()</script>`],
    ['the type of a script with data', (v) => `<script type="text/${escaped(v)}">{}</script>`],
    ['a policy', (v) => policy(v)],
    ['a source of a policy', (v) => policy(`script-src 'self' ${v}`)],
    ['a policy behind a nonce', (v) => policy(`script-src 'nonce-abc' ${v}`)],
  ])('is red where the value is %s', async (_what, render) => {
    await expect(expectInert(render)).rejects.toThrow(/^XSS: a payload changed/);
    await expect(expectInert(render, { markup: true })).rejects.toThrow(/^XSS: a payload changed/);
  });

  let count = 0;
  it.each<[string, (value: string) => string]>([
    ['a sandbox', (v) => `<iframe sandbox="allow-scripts" src="/a"></iframe><p>${escaped(v)}</p>`],
    ['what a frame may use', (v) => `<iframe allow="camera" src="/a"></iframe><p>${escaped(v)}</p>`],
    [
      'the type of a script',
      (v) => `<script type="application/json">${JSON.stringify(v).replaceAll('<', '\\u003c')}</script>`,
    ],
    ['a policy', (v) => `${policy("script-src 'self'")}<p>${escaped(v)}</p>`],
    ['a policy with a nonce', (v) => `${policy(`script-src 'nonce-${++count}'`)}<p>${escaped(v)}</p>`],
    [
      'a policy with the hash of a script',
      (v) => `${policy(`script-src 'sha256-${Buffer.from(v).toString('base64')}'`)}<p>${escaped(v)}</p>`,
    ],
    ['the name of a frame', (v) => `<iframe name="${escaped(v)}" sandbox src="/a"></iframe>`],
    [
      'the type of a button',
      (v) => `<input type="${v.length > 20 ? 'text' : 'search'}" value="${escaped(v)}">`,
    ],
  ])('is green where the page has %s of its own', async (_what, render) => {
    await expectInert(render);
    await expectInert(render, { markup: true });
  });

  it('is green for a text with a policy and a frame', async () => {
    await expectInert(
      `${policy("default-src 'none'")}<iframe sandbox="allow-scripts" allow="camera" src="/a"></iframe>`,
    );
  });
});
