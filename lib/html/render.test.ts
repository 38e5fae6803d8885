import { describe, expect, it } from 'vitest';
import { currentRequest, withRequest } from '../request/index.ts';
import { trustedHtml } from '../unsafe/html/index.ts';
import {
  html,
  htmlResponse,
  inlineHashes,
  render,
  resourceUrl,
  type SafeHtml,
  safeScript,
  safeStyle,
} from './index.ts';

function inRequest(work: () => SafeHtml, options?: Parameters<typeof render>[1]): string {
  return withRequest({}, () => {
    const markup = render(work(), options);
    return markup.replaceAll(currentRequest()?.nonce.replaceAll('+', '+') ?? '-', 'N');
  });
}

describe('the nonce of the request', () => {
  it.each([
    ['<script>', () => html`<script>x()</script>`, '<script nonce="N">x()</script>'],
    ['<script src>', () => html`<script src="/a.js"></script>`, '<script nonce="N" src="/a.js"></script>'],
    ['a script with a value', () => html`<SCRIPT>x = ${1}</SCRIPT>`, '<SCRIPT nonce="N">x = 1</SCRIPT>'],
    [
      'a module',
      () => html`<script type="module">${safeScript`x`}</script>`,
      '<script nonce="N" type="module">x</script>',
    ],
    [
      'an import map',
      () => html`<script type="importmap">{}</script>`,
      '<script nonce="N" type="importmap">{}</script>',
    ],
    ['<style>', () => html`<style>p{}</style>`, '<style nonce="N">p{}</style>'],
    ['a style in svg', () => html`<svg><style>p{}</style></svg>`, '<svg><style nonce="N">p{}</style></svg>'],
    [
      'a style sheet',
      () => html`<link rel="stylesheet" href="/a">`,
      '<link nonce="N" rel="stylesheet" href="/a">',
    ],
    [
      'a preload',
      () => html`<link rel=PreLoad href=/a as=script>`,
      '<link nonce="N" rel=PreLoad href=/a as=script>',
    ],
    [
      'a modulepreload',
      () => html`<link rel="&#109;odulepreload" href="${resourceUrl`/a`}"/>`,
      '<link nonce="N" rel="&#109;odulepreload" href="/a"/>',
    ],
    [
      'srcdoc',
      () => html`<iframe srcdoc="${html`<script>x</script>`}"></iframe>`,
      '<iframe srcdoc="&lt;script nonce=&quot;N&quot;&gt;x&lt;/script&gt;"></iframe>',
    ],
    [
      'srcdoc in srcdoc',
      () => html`<iframe srcdoc="${html`<iframe srcdoc="${html`<style></style>`}"></iframe>`}"></iframe>`,
      '<iframe srcdoc="&lt;iframe srcdoc=&quot;&amp;lt;style nonce=&amp;quot;N&amp;quot;&amp;gt;&amp;lt;/style&amp;gt;&quot;&gt;&lt;/iframe&gt;"></iframe>',
    ],
  ])('goes onto %s', (_name, template, expected) => {
    expect(inRequest(template)).toBe(expected);
    expect(render(template())).not.toContain('nonce');
    expect(render(template())).not.toContain('\0');
    expect(inRequest(template, { nonce: false })).toBe(render(template()));
  });

  it.each([
    ['data', () => html`<script type="application/json">${1}</script>`],
    ['an icon', () => html`<link rel="icon" href="/a">`],
    ['a link without a type', () => html`<link href="/a">`],
    ['a nonce of the author', () => html`<script nonce="${'own'}">x</script><style NONCE=own></style>`],
    ['markup of elsewhere', () => trustedHtml('<script>x</script>', { because: 'A constant of this test.' })],
    ['text', () => html`<p>${'<script>'}</p>`],
  ])('does not go onto %s', (_name, template) => {
    expect(inRequest(template)).not.toContain('N"');
  });

  it('is that of the request that renders, whoever made the template', () => {
    const shared = html`<script>x</script>`;
    const nonces = [1, 2].map(() => withRequest({}, () => [render(shared), currentRequest()?.nonce]));
    for (const [markup, nonce] of nonces) expect(markup).toBe(`<script nonce="${nonce}">x</script>`);
    expect(nonces[0]?.[1]).not.toBe(nonces[1]?.[1]);
    expect(inRequest(() => html`<main>${[shared]}</main>`)).toBe('<main><script nonce="N">x</script></main>');
  });

  it('is not for a value that holds what marks its place', () => {
    for (const value of ['\0', '\0L', '<script\0>']) {
      const page = (): SafeHtml =>
        html`<p title="${value}" class="${value}">${value}</p><a href="${value}">x</a><title>${value}</title>
          <script type="application/json">${value}</script>
          ${trustedHtml(`<b>${value}</b>`, { because: 'A constant of this test.' })}`;
      expect(inRequest(page)).not.toContain('nonce');
      expect(render(page())).not.toContain('\0');
      expect(inRequest(() => html`${page()}<style></style>`).match(/nonce/g)).toHaveLength(1);
    }
  });

  it('takes no option of a polluted prototype', () => {
    (Object.prototype as Record<string, unknown>)['nonce'] = false;
    try {
      expect(inRequest(() => html`<style></style>`, {})).toContain('nonce');
    } finally {
      delete (Object.prototype as Record<string, unknown>)['nonce'];
    }
  });
});

describe('render', () => {
  it('takes what waits for nothing', async () => {
    const page = html`<p>${Promise.resolve('x')}</p>`;
    expect(() => render(page as never)).toThrow(expect.objectContaining({ code: 'html/late-value' }));
    expect(await htmlResponse(page).text()).toBe('<p>x</p>');
    expect(render(html`<p>${'x'}</p>`)).toBe('<p>x</p>');
  });
});

describe('inlineHashes', () => {
  it('gives the sources of a policy', () => {
    expect(inlineHashes(safeScript`start();`, safeStyle``)).toEqual([
      "'sha256-E6jQvrT2ZivWG9GJ4AAEZf4MhI7l3QkLroW4hgvUT4c='",
      "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    ]);
    expect(() => inlineHashes(html`<script>x</script>` as never)).toThrow(
      expect.objectContaining({ code: 'html/invalid-value' }),
    );
  });
});
