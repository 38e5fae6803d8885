import { afterAll, describe, expect, it } from 'vitest';
import { configureEvents, type SecurityEvent } from '../event/index.ts';
import { html, render, resourceUrl, type SafeHtml } from './index.ts';

const events: SecurityEvent[] = [];
const recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });

afterAll(async () => {
  await recorder.close();
  configureEvents({ sinks: [] });
});

const v = 'abc';
const n: number = 5;
const url = 'https://example.com/a?b=c&d=e';
const u = new URL(url);

describe('a hint shows what to write instead', () => {
  it.each([
    ['a scheme', () => html`<a href="sms:${v}">x</a>`, `href="\${safeUrl\`sms:\${...}\`}"`],
    ['a scheme that runs', () => html`<a href="javascript:${v}">x</a>`, 'No value makes javascript: safe'],
    ['a data URL', () => html`<img src="data:${v};base64,x">`, 'Build the URL of an image in one value'],
    ['a host', () => html`<a href="https://example.com${v}">x</a>`, 'End the host with a "/"'],
    [
      'a style sheet',
      () => html`<link rel="stylesheet" href="/a.css?v=${v}">`,
      `href="\${resourceUrl\`/a.css?v=\${...}\`}"`,
    ],
    [
      'a frame',
      () => html`<iframe src="https://video.example/embed/${v}"></iframe>`,
      `src="\${resourceUrl\`https://video.example/embed/\${...}\`}"`,
    ],
    ['a whole resource', () => html`<script src="${v}"></script>`, 'resourceUrl`'],
    ['a resource without a start', () => resourceUrl`${v}/a.js`, 'trustedResourceUrl(url, { because })'],
    [
      'a resource that stops in the host',
      () => resourceUrl`https://cdn.example.com${v}`,
      'the slash after it',
    ],
    ['a script with quotes', () => html`<script>f("a", ${v})</script>`, `const value = \${...};`],
    ['a style', () => html`<p style="width: ${n}%">`, `style="\${{ width: '40%', color }}"`],
    ['a Date', () => html`<p>${new Date(0) as never}</p>`, 'toISOString()'],
    ['a Map', () => html`<p>${new Map([['a', 1]]) as never}</p>`, 'map.values()'],
    ['a Set in an attribute', () => html`<p title="${new Set(['a'])}">`, 'join'],
  ])('%s', (_name, of, hint) => {
    expect(of).toThrow(expect.objectContaining({ name: 'Misuse', hint: expect.stringContaining(hint) }));
  });
});

describe('what is no text or array, and yet plain', () => {
  it('takes sets, generators, URLs and big integers', () => {
    function* items(): Generator<SafeHtml> {
      yield html`<li>${1}</li>`;
      yield html`<li>${'<'}</li>`;
    }
    expect(render(html`<ul>${items()}</ul>`)).toBe('<ul><li>1</li><li>&lt;</li></ul>');
    expect(render(html`<p>${new Set(['<', 2])}${new Map([['a', 'b']]).keys()}</p>`)).toBe('<p>&lt;2a</p>');
    expect(render(html`<a title="${u}">${u}</a>`)).toBe(
      '<a title="https://example.com/a?b=c&amp;d=e">https://example.com/a?b=c&amp;d=e</a>',
    );
    expect(render(html`<p>${u.searchParams}</p>`)).toBe('<p>b=c&amp;d=e</p>');
    expect(render(html`<script type="application/json">${{ id: 2n ** 64n, more: [1n] }}</script>`)).toBe(
      '<script type="application/json">{"id":"18446744073709551616","more":["1"]}</script>',
    );
    expect(render(html`<script>f(${10n})</script>`)).toBe('<script>f("10")</script>');
  });

  it('refuses what has no order, no end, or no characters', () => {
    function* endless(): Generator<string> {
      for (;;) yield 'x';
    }
    const invalid = expect.objectContaining({ code: 'html/invalid-value' });
    expect(() => html`<p>${endless()}</p>`).toThrow(invalid);
    expect(() => html`<p>${new Map() as never}</p>`).toThrow(invalid);
    expect(() => html`<p>${Buffer.from('x') as never}</p>`).toThrow(invalid);
    const circle: unknown[] = [1n];
    circle.push(circle);
    expect(() => html`<script type="application/json">${circle as never}</script>`).toThrow(invalid);
    const own = new Set<unknown>();
    own.add(own);
    expect(() => html`<p>${own as never}</p>`).toThrow(expect.objectContaining({ code: 'html/not-text' }));
  });
});
