import { render } from 'bulwark/html';
import { withRequest } from 'bulwark/request';
import { trustedHtml } from 'bulwark/unsafe/html';
import { expect } from 'vitest';
import { t } from './case.ts';
import { attackBy, type ProgramCase, useBy } from './program-case.ts';
import { page } from './program-tools.ts';

/** The nonce of a request. */
export const noncePrograms: readonly ProgramCase[] = [
  // The nonce.
  useBy('a nonce on scripts, styles and links of a request', () =>
    withRequest({ method: 'GET' }, () => {
      const out = page(
        '<script>a()</script><style>p{}</style><link rel="stylesheet" href="/a.css"><link rel="modulepreload" href="/a.js"><link rel="preload" as="style" href="/b.css"><script src="/a.js"></script>',
      );
      expect(out.match(/ nonce="[A-Za-z0-9+/]{22}=="/g)).toHaveLength(6);
    }),
  ),
  useBy('one nonce throughout a request', () =>
    withRequest({ method: 'GET' }, () => {
      const all = (page('<script>a()</script>') + page('<script>b()</script>')).match(/nonce="[^"]*"/g) ?? [];
      expect(all[0]).toBe(all[1]);
    }),
  ),
  useBy('no nonce outside of a request', () =>
    expect(page('<script>a()</script>')).toBe('<script>a()</script>'),
  ),
  useBy('no nonce for a cached page', () =>
    withRequest({ method: 'GET' }, () =>
      expect(render(t('<script>a()</script>'), { nonce: false })).toBe('<script>a()</script>'),
    ),
  ),
  useBy('the nonce of the template', () =>
    withRequest({ method: 'GET' }, () =>
      expect(page('<script nonce="mine">a()</script><script nonce="~">b()</script>', 'yours')).toBe(
        '<script nonce="mine">a()</script><script nonce="yours">b()</script>',
      ),
    ),
  ),
  attackBy('markup of one request, rendered in two others', () => {
    const kept = withRequest({ method: 'GET' }, () => t('<script>a()</script>'));
    const [one, two] = [1, 2].map(() => withRequest({ method: 'GET' }, () => render(kept)));
    expect(one).toMatch(/nonce="/);
    expect(one).not.toBe(two);
    expect(render(kept)).toBe('<script>a()</script>');
  }),
  attackBy('text, comments and raw text that only look like scripts', () =>
    withRequest({ method: 'GET' }, () => {
      const out = page(
        '<!-- <script>x</script> --><title>&lt;script></title><textarea><script></textarea><p title="<script>">~</p><noscript><b></b></noscript>',
        '<script>',
      );
      expect(out).not.toContain('nonce');
    }),
  ),
  attackBy('markup that was trusted, with what may stand for the nonce', () =>
    withRequest({ method: 'GET' }, () => {
      const signs = [
        '\0',
        '\u0001',
        '\ue000',
        '\ufdd0',
        '\uffff',
        '\ufffe',
        '\ud800',
        '\u001a',
        '\u0002',
        '\u0003',
        '\u007f',
        '<!--nonce-->',
        ' nonce',
        '{nonce}',
        '%nonce%',
        '\0nonce\0',
      ];
      for (const sign of signs) {
        const out = page(
          '<script>a()</script>~',
          trustedHtml(`<i>${sign}</i>`, { because: 'Written for this case alone.' }),
        );
        expect(out.split('nonce="')).toHaveLength(2);
      }
    }),
  ),
  attackBy('values with every character, on a page with a nonce', () =>
    withRequest({ method: 'GET' }, () => {
      let all = '';
      for (let code = 0; code <= 0xffff; code += 1) all += String.fromCharCode(code, 0x78);
      const out = page(
        '<script>a()</script><p title="~">~</p><script>x = ~;</script><a href="/?q=~">x</a><textarea>~</textarea>',
        all,
        all,
        all,
        all,
        all,
      );
      expect(out.match(/nonce="/g)).toHaveLength(2);
      expect(out.split('nonce="')[1]?.slice(0, 24)).toBe(out.split('nonce="')[2]?.slice(0, 24));
      const nonce = out.split('nonce="')[1]?.slice(0, 24) ?? '';
      expect(out.split(nonce)).toHaveLength(3);
    }),
  ),
  attackBy('dangling markup cannot be in front of a nonce', () =>
    withRequest({ method: 'GET' }, () =>
      expect(page('<p>~</p><script>a()</script>', '<a href="//evil.example/?')).toContain('&lt;a'),
    ),
  ),
  attackBy('the nonce is not shown in srcdoc twice escaped', () =>
    withRequest({ method: 'GET' }, () => {
      const out = page('<iframe srcdoc="~"></iframe>', t('<script>a()</script>'));
      expect(out.split('"')).toHaveLength(3);
    }),
  ),
];
