import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { trustedResourceUrl, trustedScript, trustedStyle, trustedUrl } from '../../unsafe/html/index.ts';
import { html, render, resourceUrl, type SafeHtml, safeScript, safeStyle, safeUrl } from '../index.ts';

beforeAll(() => {
  configureEvents({ sinks: [] });
});

const because = 'A constant of this test.';
const unchecked = html as (strings: TemplateStringsArray, ...values: unknown[]) => SafeHtml;
const withSemicolon = (name: string): object => expect.objectContaining({ name: 'Misuse', code: name });

function refuses(code: string, use: () => unknown): void {
  expect(use).toThrow(withSemicolon(code));
}

/** Each takes one type of value. */
const places: readonly (readonly [place: string, template: (value: unknown) => SafeHtml])[] = [
  ['script src', (v) => unchecked`<script src="${v}"></script>`],
  ['iframe src', (v) => unchecked`<iframe src="${v}"></iframe>`],
  ['embed src', (v) => unchecked`<embed src="${v}">`],
  ['object data', (v) => unchecked`<object data="${v}"></object>`],
  ['frame src', (v) => unchecked`<frame src="${v}">`],
  ['base href', (v) => unchecked`<base href="${v}">`],
  ['link href', (v) => unchecked`<link rel="stylesheet" href="${v}">`],
  ['link href of a type that values decide on', (v) => unchecked`<link href="${v}">`],
  ['link href of a preload', (v) => unchecked`<link rel="preload" as="script" href='${v}'>`],
];

describe('a URL that loads code', () => {
  it.each(places)('%s takes a TrustedResourceUrl, and nothing else', (_place, template) => {
    for (const value of ['/app.js', '', 1, true, new URL('https://x/'), html`x`, safeUrl`/app.js`, {}, []]) {
      refuses('html/resource-url', () => template(value));
    }
    expect(render(template(resourceUrl`/assets/${'a&b'}.js`))).toMatch(/(["'])\/assets\/a%26b\.js\1/);
    expect(render(template(trustedResourceUrl('https://a/?b&c', { because })))).toContain(
      'https://a/?b&amp;c',
    );
    expect(render(template(undefined))).not.toMatch(/src|href|data=/);
  });

  it('is made of a literal whose origin and first slash are static', () => {
    refuses('html/unsafe-literal', () => resourceUrl`${'https://evil.example/'}`);
    refuses('html/unsafe-literal', () => resourceUrl`https://${'evil.example'}/app.js`);
    refuses('html/unsafe-literal', () => resourceUrl`https://cdn.example${'.evil.example'}`);
    refuses('html/unsafe-literal', () => resourceUrl`//${'evil.example'}/`);
    refuses('html/unsafe-literal', () => resourceUrl`/\\${'evil.example'}`);
    refuses('html/unsafe-literal', () => resourceUrl`https://a@b${'x'}/`);
    refuses('html/unsafe-literal', () => resourceUrl`javascript:alert(1)`);
    refuses('html/unsafe-literal', () => resourceUrl`data:text/javascript,alert(1)//${1}`);
    refuses('html/unsafe-literal', () => resourceUrl` /app.js`);
    refuses('html/unsafe-literal', () => resourceUrl`app${'.js'}`);
    refuses('html/not-a-template', () => (resourceUrl as (s: unknown) => unknown)(['/a.js']));
    const shown = (url: ReturnType<typeof resourceUrl>): string =>
      render(html`<embed src="${url}">`).slice(12, -2);
    expect(shown(resourceUrl`https://cdn.example/${'a'}/${2}?v=${'b c'}#${'d'}`)).toBe(
      'https://cdn.example/a/2?v=b%20c#d',
    );
    expect(shown(resourceUrl`https://cdn.example:8443/a?${new URLSearchParams({ q: '&' })}`)).toBe(
      'https://cdn.example:8443/a?q=%26',
    );
    expect(shown(resourceUrl`//cdn.example/a.js`)).toBe('//cdn.example/a.js');
    expect(shown(resourceUrl`style.css`)).toBe('style.css');
    expect(shown(resourceUrl`./a/${'b'}.js`)).toBe('./a/b.js');
    expect(shown(resourceUrl`../a.js`)).toBe('../a.js');
    expect(shown(resourceUrl`/a/${'..'}/b`)).toBe('about:invalid#bulwark');
    expect(shown(resourceUrl`/${''}/${'evil.example'}`)).toBe('about:invalid#bulwark');
  });
});

describe('a URL of a scheme of its own', () => {
  it('is a SafeUrl of a literal', () => {
    for (const scheme of [
      'javascript:',
      'JAVASCRIPT:',
      'data:text/html,',
      'vbscript:',
      'blob:x',
      ' java\tscript:',
    ]) {
      const strings = Object.assign([scheme, ''], { raw: Object.freeze([scheme, '']) });
      refuses('html/unsafe-literal', () => safeUrl(Object.freeze(strings), 'x'));
    }
    refuses('html/unsafe-literal', () => safeUrl`${'sms:1'}`);
    const shown = (url: ReturnType<typeof safeUrl>): string =>
      render(html`<a href="${url}"></a>`).slice(9, -6);
    expect(shown(safeUrl`sms:${'+1 2'}?body=${'a&b'}`)).toBe('sms:+1%202?body=a%26b');
    expect(shown(safeUrl`sip:${'a@b.example'}?subject=${'+@'}`)).toBe('sip:a@b.example?subject=%2B%40');
    expect(shown(safeUrl`sip:${'+1@evil.example'}@b.example`)).toBe('sip:+1%40evil.example@b.example');
    expect(shown(safeUrl`web+x://a/${'+@'}`)).toBe('web+x://a/%2B%40');
    refuses('html/unsafe-literal', () => safeUrl`zoommtg://${'evil.example'}/join`);
    refuses('html/unsafe-literal', () => safeUrl`zoommtg://a.example${'.evil.example'}/join`);
    expect(shown(safeUrl`app://host/a/${'..'}/b`)).toBe('about:invalid#bulwark');
    expect(shown(safeUrl`app://host/a/${'..b'}/c`)).toBe('app://host/a/..b/c');
    expect(shown(safeUrl`https://example.com/${'a/b'}`)).toBe('https://example.com/a%2Fb');
    expect(shown(safeUrl`mailto:${'a@b.example'}`)).toBe('mailto:a@b.example');
    expect(shown(trustedUrl('intent://x', { because }))).toBe('intent://x');
    expect(render(html`<a href="${'sms:1'}"></a>`)).toContain('about:invalid');
  });

  it('stands for a whole URL only', () => {
    refuses('html/invalid-value', () => html`<a href="/x?${safeUrl`sms:1`}"></a>`);
    refuses('html/invalid-value', () => html`<p title="${safeUrl`sms:1`}">`);
    refuses('html/invalid-value', () => html`<p>${resourceUrl`/a`}</p>`);
    expect(render(html`<a href="${resourceUrl`/a`}"></a>`)).toBe('<a href="/a"></a>');
  });
});

describe('a script', () => {
  it('takes a SafeScript as its whole content, without the white space around it', () => {
    const script = safeScript`start(${{ a: '</script><!--' }});`;
    expect(
      render(html`<script>
      ${script}
    </script>`),
    ).toBe('<script>start({"a":"\\u003c/script\\u003e\\u003c!--"});</script>');
    expect(render(html`<script type="module">${trustedScript('a\r\nb', { because })}</script>`)).toBe(
      '<script type="module">a\nb</script>',
    );
    expect(render(html`<script>${undefined}</script><script>${false}</script>`)).toBe(
      '<script></script><script></script>',
    );
  });

  it('takes nothing else', () => {
    for (const value of ['alert(1)', 1, {}, [], html`x`, safeStyle`p{}`]) {
      refuses('html/hole-in-script', () => unchecked`<script>${value}</script>`);
    }
    refuses('html/invalid-value', () => unchecked`<script type="application/json">${() => 1}</script>`);
    refuses('html/implicit-string', () => html`<script>x = ${safeScript`1`}</script>`);
  });

  it('is made of a literal that stays in its element, and has values where they are values', () => {
    refuses('html/unsafe-literal', () => safeScript`x = '</script>'`);
    refuses('html/unsafe-literal', () => safeScript`x = '</SCRIPT>'`);
    refuses('html/unsafe-literal', () => safeScript`x = '<!--'`);
    refuses('html/unsafe-literal', () => safeScript`x = '${'y'}'`);
    refuses('html/unsafe-literal', () => safeScript`${'alert(1)'}`);
    refuses('html/unsafe-literal', () => trustedScript('"</script', { because }));
    refuses('html/missing-reason', () => trustedScript('x', { because: '' }));
    expect(render(html`<script>${safeScript`a = ${1}; b(${'x'}, ${[2]}); c = '<b>'`}</script>`)).toBe(
      `<script>a = 1; b("x", [2]); c = '<b>'</script>`,
    );
  });
});

describe('a style sheet', () => {
  it('takes a SafeStyle as its whole content, and as a style attribute', () => {
    const sheet = safeStyle`p { color: red }`;
    expect(
      render(html`<style>
      ${sheet}</style><p style="${safeStyle`color: "red"`}">`),
    ).toBe('<style>p { color: red }</style><p style="color: &quot;red&quot;">');
    expect(render(html`<style>${trustedStyle('p{}', { because })}</style>`)).toBe('<style>p{}</style>');
    for (const value of ['p{}', {}, html`x`, safeScript`x`]) {
      refuses('html/hole-in-style', () => unchecked`<style>${value}</style>`);
    }
  });

  it('is made of a literal that stays in its element, without values', () => {
    refuses('html/unsafe-literal', () => safeStyle`p{}</style><script>`);
    refuses('html/unsafe-literal', () => (safeStyle as unknown as typeof html)`p { color: ${'red'} }`);
    refuses('html/unsafe-literal', () => trustedStyle('</style>', { because }));
    refuses('html/unsafe-literal', () => safeStyle`<!-- p {}`);
    expect(
      render(html`<style>${safeStyle`@media (1px <= width < 9px) { p::after { content: "<b>" } }`}</style>`),
    ).toBe('<style>@media (1px <= width < 9px) { p::after { content: "<b>" } }</style>');
    expect(render(html`<style>${safeStyle`a > b {}`}</style>`)).toBe('<style>a > b {}</style>');
  });
});

describe('srcdoc', () => {
  it('takes a SafeHtml, escaped', () => {
    const inner = html`<p title="${'"'}">${'<b>'}</p>`;
    expect(render(html`<iframe sandbox srcdoc="${inner}"></iframe>`)).toBe(
      '<iframe sandbox srcdoc="&lt;p title=&quot;&amp;quot;&quot;&gt;&amp;lt;b&amp;gt;&lt;/p&gt;"></iframe>',
    );
    expect(render(html`<iframe srcdoc="${null}"></iframe>`)).toBe('<iframe></iframe>');
  });

  it('takes nothing else', () => {
    for (const value of ['<p>', '', 1, {}, resourceUrl`/a`, html`${Promise.resolve('x')}`]) {
      refuses('html/unsupported-attribute', () => unchecked`<iframe srcdoc="${value}"></iframe>`);
    }
    refuses('html/markup-outside-text', () => html`<iframe title="${html`x`}"></iframe>`);
  });
});

describe('a value with a contract', () => {
  it('cannot be forged, and is no string', () => {
    const url = resourceUrl`/a`;
    const Type = url.constructor as new () => object;
    for (const forged of [{ ...url }, Object.create(url), new Type(), JSON.parse('{"opaque":true}')]) {
      refuses('html/resource-url', () => unchecked`<embed src="${forged}">`);
    }
    refuses('html/implicit-string', () => `${url}`);
    refuses('html/implicit-string', () => JSON.stringify([safeScript`x`]));
    refuses('html/implicit-string', () => `${safeStyle`p{}`}`);
    refuses('html/implicit-string', () => `${safeUrl`/a`}`);
    expect(Object.isFrozen(url)).toBe(true);
  });
});
