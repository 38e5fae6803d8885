import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { html, render, sanitize } from '../../html/index.ts';
import { legitimateDocuments } from '../corpus/rich-text.ts';
import { legitimateRichTexts, legitimateTexts } from '../corpus/xss.ts';
import { expectInert } from './expect-inert.ts';

beforeAll(() => void configureEvents({ sinks: [] }));

describe('expectInert of markup', () => {
  it.each([
    ['script', '<p>a<script>alert(1)</script>'],
    ['script', '<svg><script>alert(1)</script></svg>'],
    ['script', '<script type="module" src="/a.js"></script>'],
    ['script', '<script language="JavaScript1.2">alert(1)</script>'],
    ['script', '<template><script>alert(1)</script></template>'],
    ['onerror', '<img src=x onerror=alert(1)>'],
    ['onclick', '<td onclick=alert(1)>a</td>'],
    ['script URL in href', '<a href=" java\tscript:alert(1)">a</a>'],
    ['script URL in xlink:href', '<svg><a xlink:href="javascript:alert(1)">a</a></svg>'],
    ['script URL in formaction', '<button formaction="javascript:alert(1)">a</button>'],
    ['script URL in values', '<svg><animate values="/a;javascript:alert(1)" /></svg>'],
    ['animated href', '<svg><a><set attributeName="href" to="/a" /></a></svg>'],
    ['data: URL in src', '<iframe src="data:text/html,<script>alert(1)</script>"></iframe>'],
    ['onload in srcdoc', '<iframe srcdoc="<body onload=alert(1)>"></iframe>'],
    ['meta refresh', '<meta http-equiv="Refresh" content="0;url=//evil.example">'],
    ['base', '<base href="//evil.example/">'],
    ['object', '<object data="/a.swf"></object>'],
    ['onerror', '<col><img src=x onerror=alert(1)>'],
    ['script', '<col><script>alert(1)</script>'],
    ['data: URL in src', '<col><iframe src="data:text/html,<script>alert(1)</script>"></iframe>'],
    ['onclick', '<tr><td onclick=alert(1)>a</td></tr>'],
    ['onerror', '<math><tbody></td><![CDATA[<b></textarea><img src=x onerror=alert(1)>'],
    ['onerror', '<math><p></div></script><![CDATA[<b></textarea><img src=x onerror=alert(1)>'],
    ['onerror', '<select><img src=x onerror=alert(1)></select>'],
    ['onload', '<p><select><option><svg onload=alert(1)></option></select>'],
    ['script URL in action', '<select><form action="javascript:alert(1)"><button>a</button></form></select>'],
    ['onerror in srcdoc', '<iframe srcdoc="<&#115;elect><img src=x onerror=alert(1)>"></iframe>'],
    ['script', '<svg><script language="foo">alert(1)</script></svg>'],
  ])('is red for %s: %s', async (kind, markup) => {
    await expect(expectInert(markup)).rejects.toMatchObject({
      name: 'AssertionError',
      message: expect.stringMatching(new RegExp(`^XSS: the markup runs\\.\\n  what:       ${kind}\\n`)),
    });
  });

  it.each([
    '<p title="javascript:alert(1)">onclick=</p>',
    '<a href="/javascript:alert(1)">a</a>',
    '<input value="javascript:alert(1)">',
    '<script type="application/json">{"a":"<b onclick=x>"}</script>',
    '<img src="data:image/png;base64,AAAA" alt="a">',
    '<textarea><script>alert(1)</script></textarea>',
    '<!-- <script>alert(1)</script> --><iframe srcdoc="<p>a</p>"></iframe>',
    '<meta charset="utf-8"><link rel="stylesheet" href="a.css">',
    '<table><colgroup><col></colgroup><tr><td>onclick=</td></tr></table>',
    '<select><option value="<img onerror=a>">a</option><optgroup label="<script>"></optgroup></select>',
    '<textarea><select><img src=x onerror=alert(1)></select></textarea>',
    '<script language="foo">alert(1)</script>',
    '',
  ])('is green for %s', async (markup) => {
    await expectInert(markup);
  });

  it('takes the nonce for a sign of the application', async () => {
    await expectInert('<script nonce="abc">a()</script>', { nonce: 'abc' });
    await expect(expectInert('<script nonce="abd">a()</script>', { nonce: 'abc' })).rejects.toThrow(/script/);
    await expect(expectInert('<script nonce="">a()</script>')).rejects.toThrow(/script/);
  });

  it('is green for what people write, sanitised', async () => {
    for (const markup of [
      ...legitimateRichTexts.map(({ markup }) => markup),
      ...legitimateDocuments.article,
    ]) {
      await expectInert(render(html`<div>${sanitize(markup, 'article')}</div>`));
    }
  });
});

describe('expectInert of a function', () => {
  const page = (body: (value: string) => string) => (value: string) =>
    `<!doctype html><title>a</title><script>own()</script><p onclick="own()">${body(value)}</p>`;
  const escaped = (value: string): string => value.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

  it.each([
    ['as text', page((value) => value)],
    ['in quotes', page((value) => `<i title='${value.replaceAll('<', '&lt;')}'></i>`)],
    ['without quotes', page((value) => `<i title=${escaped(value)}></i>`)],
    ['as a link', page((value) => `<a href="${escaped(value)}">a</a>`)],
    ['in a handler', page((value) => `<i onclick="a('${escaped(value)}')"></i>`)],
    ['in a script', page((value) => `<script>a("${value.replaceAll('<', '')}")</script>`)],
  ])('is red where the value is written %s', async (_where, render) => {
    await expect(expectInert(render)).rejects.toThrow(/^XSS: a payload (?:changed|became)/);
  });

  it('is green where the value is escaped, beside scripts of the application', async () => {
    await expectInert(page(escaped));
    await expectInert((value) =>
      render(html`<p title="${value}">${value}</p><a href="${value}">a</a>
        <script type="application/json">${value}</script>`),
    );
  });

  it('is green for texts that only look like payloads', async () => {
    await expectInert(page(escaped), { payloads: legitimateTexts });
  });

  it('lets markup be markup where it is meant', async () => {
    const comment = (value: string): string => render(html`<div>${sanitize(value, 'comment')}</div>`);
    await expectInert(comment, { markup: true });
    await expect(expectInert(comment)).rejects.toThrow(/a payload changed the page/);
    await expect(
      expectInert(
        page((value) => value),
        { markup: true },
      ),
    ).rejects.toThrow(/became something/);
  });

  it('tells where the page changed', async () => {
    await expect(expectInert((value) => `<p>${value}</p>`, { payloads: ['<b>x</b>'] })).rejects.toMatchObject(
      {
        message:
          'XSS: a payload changed the page.\n  payload:    "<b>x</b>"\n  expected:   the end of the page\n  actual:     <b>\n' +
          '  what to do: escape the value for the place where it is written; ' +
          'if it may contain markup, sanitise it and set `markup: true`',
      },
    );
  });

  it('gives what the function threw as the cause, and does not take what is no text', async () => {
    const failing = (): string => {
      throw new RangeError('mine');
    };
    await expect(expectInert(failing)).rejects.toMatchObject({ cause: expect.any(RangeError) });
    await expect(expectInert((() => html`<p></p>`) as never)).rejects.toMatchObject({
      code: 'bulwark/invalid-option',
    });
    await expect(expectInert(7 as never)).rejects.toMatchObject({ code: 'bulwark/invalid-option' });
  });

  it.each([{ Markup: true }, { payload: ['<b>'] }, { payloads: [] }, { payloads: [7] }, { harmless: [7] }])(
    'does not take %j',
    async (options) => {
      await expect(expectInert(escaped, options as never)).rejects.toMatchObject({
        code: 'bulwark/invalid-option',
      });
    },
  );
});
