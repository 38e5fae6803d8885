import { afterEach, describe, expect, it } from 'vitest';
import { attrs, html, render, safeUrl, sanitize } from './index.ts';

const polluted = Object.prototype as unknown as Record<string, unknown>;
const script = '"><script>alert(1)</script>';
const values: readonly unknown[] = [
  script,
  { open: script, close: script },
  [script, script, script],
  true,
  1,
];
/** Every name by which this code reads a field of an object of its own. */
const names =
  'after around at attributes before class close closes count cut depth done drawn element end escapes fallback ' +
  'fitsForeign foreign holes hole html image index iterator kept kind lates markup name next nodes nonce open options ' +
  'parent parts place plan position preset prefix quick report selfClosing shape slotted spot spread start tagName ' +
  'taken text texts url urls value values whole width written 0 1';

/** Call sites that are compiled before the pollution. */
const templates = {
  text: (v: string) => html`<p>${v}</p>`,
  attribute: (v: string) => html`<a href="/x/${v}" title="b ${v}" class="${[v]}">${v}</a>`,
  whole: (v: string) =>
    html`<a href="${v}${v}"><img alt="${v}" src="${v}" srcset="${[{ url: v, width: 1 }]}"></a>`,
  data: (v: string) => html`<script type="application/json">${{ v }}</script><textarea>${v}</textarea>`,
  more: (v: string) =>
    html`<p ${attrs({ title: v, hidden: true })} style="${{ color: 'red' }}"><a href="${safeUrl`sms:${v}`}">x</a></p>`,
};
function newCallSite(): TemplateStringsArray {
  const strings = ['<p title="', '">', '</p>'];
  return Object.freeze(Object.assign(strings, { raw: Object.freeze([...strings]) }));
}
const sanitised = (): string =>
  render(sanitize('<p title="a">b<a href="/c">d</a></p>', 'article')) +
  render(sanitize('<svg><g fill="url(#a)"><rect/></g><linearGradient id="a"/></svg>', 'svg'));

describe('a polluted prototype', () => {
  const added: string[] = [];
  afterEach(() => {
    for (const name of added.splice(0)) delete polluted[name];
  });

  it('puts nothing into what is written', () => {
    const before = Object.values(templates).map((make) => render(make('a')));
    const clean = sanitised();
    for (const name of names.split(' ')) {
      for (const value of values) {
        // Defined, as a prototype of JSON would be; not all of these names can be assigned to.
        Object.defineProperty(polluted, name, {
          value,
          configurable: true,
          writable: true,
          enumerable: true,
        });
        added.push(name);
        const written: string[] = [];
        const run = (work: () => string): void => {
          try {
            written.push(work());
          } catch {
            // Refused, or stopped: nothing is written.
          }
        };
        for (const make of Object.values(templates)) run(() => render(make('a')));
        run(() => render(html(newCallSite(), 'a', 'a')));
        run(sanitised);
        delete polluted[name];
        const shown = written.join('\n');
        expect(shown, `${name} ${JSON.stringify(value)}`).not.toMatch(/alert|javascript|undefined/);
      }
    }
    expect(Object.values(templates).map((make) => render(make('a')))).toEqual(before);
    expect(sanitised()).toBe(clean);
  });
});
