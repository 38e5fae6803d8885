import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { attrs, html, render, resourceUrl, type SafeHtml } from './index.ts';

beforeAll(() => {
  configureEvents({ sinks: [] });
});

const unchecked = html as (strings: TemplateStringsArray, ...values: unknown[]) => SafeHtml;

function refuses(code: string, use: () => unknown): void {
  expect(use).toThrow(expect.objectContaining({ code }));
}

describe('attrs', () => {
  it('writes each attribute by the rules of its name', () => {
    const link = {
      href: 'javascript:alert(1)',
      title: '"<b>',
      class: ['a', { b: true }],
      style: { width: '1px', color: 'url(x)' },
      'data-id': 7,
      'aria-hidden': false,
      'aria-busy': true,
      hidden: false,
      tabindex: null,
      lang: undefined,
    };
    expect(render(html`<a ${attrs(link)} rel="x">y</a>`)).toBe(
      '<a href="about:invalid#bulwark" title="&quot;&lt;b&gt;" class="a b" style="width:1px" data-id="7" ' +
        'aria-hidden="false" aria-busy="true" rel="x">y</a>',
    );
    expect(render(html`<input ${attrs({ disabled: true, checked: '', Value: 'x', novalue: true })}>`)).toBe(
      '<input disabled="" checked="" value="x" novalue="">',
    );
    expect(render(html`<img ${attrs({ srcset: [{ url: '/a', density: 2 }], src: '/b' })}/>`)).toBe(
      '<img srcset="/a 2x" src="/b"/>',
    );
    expect(render(html`<br ${null} ${attrs({})} ${undefined}>`)).toBe('<br   >');
  });

  it('takes a type with a contract where the attribute does', () => {
    expect(render(html`<iframe ${attrs({ src: resourceUrl`/a`, srcdoc: html`<p>` })}></iframe>`)).toBe(
      '<iframe src="/a" srcdoc="&lt;p&gt;"></iframe>',
    );
    refuses('html/resource-url', () => html`<iframe ${attrs({ src: '/a' })}></iframe>`);
    refuses('html/hole-in-style', () => html`<p ${attrs({ style: 'color:red' })}>`);
    refuses('html/markup-outside-text', () => html`<p ${attrs({ title: html`x` })}>`);
  });

  it('takes no name of what runs, or changes how the element is read', () => {
    refuses('html/hole-in-event-handler', () => html`<a ${attrs({ onclick: 'x()' })}></a>`);
    refuses('html/hole-in-event-handler', () => html`<a ${attrs({ ONCLICK: 'x()' })}></a>`);
    refuses('html/hole-in-script', () => html`<a ${attrs({ 'v-html': 'x' })}></a>`);
    refuses('html/unsupported-attribute', () => html`<a ${attrs({ ping: 'x' })}></a>`);
    refuses('html/unsupported-attribute', () => html`<iframe ${attrs({ sandbox: '' })}></iframe>`);
    refuses('html/unsupported-attribute', () => html`<script ${attrs({ type: 'module' })}></script>`);
    refuses('html/resource-url', () => html`<link rel="icon" ${attrs({ href: '/a' })}>`);
    refuses('html/unsupported-attribute', () => html`<meta ${attrs({ content: 'x' })}>`);
    expect(render(html`<script src="/a" ${attrs({ async: true, id: 'x' })}></script>`)).toBe(
      '<script src="/a" async="" id="x"></script>',
    );
  });

  it.each([
    '',
    ' ',
    'a b',
    'a"',
    'a=',
    'a/',
    'a>',
    '1a',
    'a\0',
    '@click',
    ':x',
    'xlink:href',
    '\u0131d',
    'a\n',
    'style>',
  ])('takes no name that is none: %j', (name) => {
    refuses('html/dynamic-name', () => html`<a ${attrs({ [name]: 'x' })}></a>`);
    expect(render(html`<a ${attrs({ 'a-1': 'x' })}></a>`)).toBe('<a a-1="x"></a>');
  });

  it('takes no attribute twice', () => {
    refuses('html/dynamic-name', () => html`<a title="x" ${attrs({ title: 'y' })}></a>`);
    refuses('html/dynamic-name', () => html`<a ${attrs({ title: 'y' })} TITLE="${'x'}"></a>`);
    refuses('html/dynamic-name', () => html`<a ${attrs({ title: 'y', Title: 'z' })}></a>`);
  });

  it('is the only value in the place of an attribute', () => {
    for (const value of [
      'disabled',
      'a="b"',
      1,
      true,
      {},
      { title: 'x' },
      [],
      html`x`,
      JSON.parse('{"title":"x"}'),
    ]) {
      refuses('html/dynamic-name', () => unchecked`<input ${value}>`);
    }
    refuses('html/invalid-value', () => html`<p title="${attrs({})}">`);
    refuses('html/invalid-value', () => html`<p>${attrs({})}</p>`);
    for (const value of [null, 'x', ['a']]) {
      refuses('html/invalid-value', () => attrs(value as never));
    }
  });

  it('reads no property of a polluted prototype', () => {
    (Object.prototype as Record<string, unknown>)['onclick'] = 'x()';
    try {
      expect(render(html`<a ${attrs({ title: 'x' })}></a>`)).toBe('<a title="x"></a>');
    } finally {
      delete (Object.prototype as Record<string, unknown>)['onclick'];
    }
  });
});
