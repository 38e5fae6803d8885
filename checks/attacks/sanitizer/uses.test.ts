import { configureEvents } from 'bulwark/event';
import { render, sanitize } from 'bulwark/html';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlace, type Place } from './browser.ts';
import { htmlUses, textUses } from './uses-html.ts';
import { svgUses } from './uses-svg.ts';

const all = [...htmlUses, ...svgUses];

let place: Place;
beforeAll(async () => {
  configureEvents({ sinks: [{ name: 'nothing', write: () => undefined }] });
  place = await openPlace();
});
afterAll(async () => {
  await place.close();
});

/** Sanitised mail stands in a box that clips it. */
function inBox(markup: string): string {
  return markup.includes('<')
    ? `<div style="overflow-x: auto; overflow-y: hidden; max-width: 100%; min-height: min-content"><div>${markup}</div></div>`
    : markup;
}

/** Markup as the browser reads it, with attributes in order, styles as it writes them, and no lines around. */
function normal(markups: string[]): string[] {
  return markups.map((markup) => {
    const root = document.implementation.createHTMLDocument('').createElement('div');
    root.innerHTML = markup;
    for (const element of root.querySelectorAll('*')) {
      if (element.localName === 'a' && element.hasAttribute('href')) element.setAttribute('rel', '');
      const style = element.getAttribute('style');
      if (style !== null) element.setAttribute('style', (element as HTMLElement).style.cssText);
      const pairs = [...element.attributes].map(({ name, value }) => [name, value] as const);
      for (const [name] of pairs) element.removeAttribute(name);
      for (const [name, value] of pairs.sort(([a], [b]) => (a < b ? -1 : 1)))
        element.setAttribute(name, value);
    }
    return root.innerHTML.trim();
  });
}

test('no id is used twice', () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
});

test('what people and programs write comes out as the contract says', async () => {
  const got = await place.page.evaluate(
    normal,
    all.map(({ preset, markup }) => render(sanitize(markup, preset))),
  );
  const wanted = await place.page.evaluate(
    normal,
    all.map(({ preset, markup, want = markup }) => (preset === 'email' ? inBox(want) : want)),
  );
  const unexpected: unknown[] = [];
  all.forEach(({ id, open, preset, markup }, index) => {
    const again = render(sanitize(markup, preset));
    const same = got[index] === wanted[index] && render(sanitize(again, preset)) === again;
    if (same === (open === undefined)) return;
    unexpected.push({ id, got: got[index], want: wanted[index], open });
  });
  expect(unexpected).toEqual([]);
});

test('the text preset gives the text', async () => {
  const got = await place.page.evaluate(
    (markups) =>
      markups.map((markup) => {
        const root = document.createElement('div');
        root.innerHTML = markup;
        return [root.textContent.trim(), root.childElementCount];
      }),
    textUses.map(({ markup }) => render(sanitize(markup, 'text'))),
  );
  expect(got).toEqual(textUses.map(({ want }) => [want, 0]));
});
