import { configureEvents } from 'bulwark/event';
import { type PresetName, preset, render, sanitize } from 'bulwark/html';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mutation } from './attacks-mutation.ts';
import { svg } from './attacks-svg.ts';
import { values } from './attacks-values.ts';
import { openPlace, type Place } from './browser.ts';
import type { Attack } from './case.ts';
import { examine, type Item } from './examine.ts';
import { writtenTree } from './written-tree.ts';

const pictures = svg.map((one): Attack => ({ presets: ['email', 'svg'], ...one }));
const all: readonly Attack[] = [...mutation, ...values, ...pictures];
/** `markdown` and `email` hold what `article` does. */
const names: readonly PresetName[] = ['text', 'comment', 'markdown', 'email', 'svg'];

let place: Place;
beforeAll(async () => {
  configureEvents({ sinks: [{ name: 'nothing', write: () => undefined }] });
  place = await openPlace();
});
afterAll(async () => {
  await place.close();
});

/** An error in reading becomes a tree that no browser comes to. */
function readTree(markup: string): string {
  try {
    return JSON.stringify(writtenTree(markup));
  } catch (error) {
    return String(error);
  }
}

function itemOf(id: string, markup: string, name: PresetName, not?: RegExp): Item {
  const { tags, attributes, styles, idPrefix = '' } = preset(name) as unknown as Item;
  return {
    id,
    markup,
    tree: readTree(markup),
    tags: [...tags],
    attributes: { ...attributes },
    styles: [...styles],
    idPrefix,
    picture: name === 'svg',
    elsewhere: name === 'email',
    ...(not ? { not: not.source } : {}),
  };
}

test('no id is used twice', () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
});

test('attacks leave nothing that runs, loads or changes places', async () => {
  const faults = new Map<string, string[]>(all.map(({ id }) => [id, []]));
  const items: Item[] = [];
  for (const { id, markup, presets = names, not } of all) {
    const source = markup.replaceAll('@@', place.origin);
    for (const name of presets) {
      const written = render(sanitize(source, name));
      if (render(sanitize(written, name)) !== written)
        faults.get(id)?.push(`${name}: not the same when sanitised again`);
      // A canary in an image or a link is where the preset allows it; those are taken out before it is shown.
      items.push(itemOf(`${id}\n${name}`, written, name, not));
    }
  }
  for (const { id, faults: found } of await place.page.evaluate(examine, items)) {
    const [attack = '', name] = id.split('\n');
    for (const fault of found) faults.get(attack)?.push(`${name}: ${fault}`);
  }
  for (const name of names) {
    const before = place.canaries.length;
    const shown = items.filter((item) => item.id.endsWith(`\n${name}`));
    const parts = shown.map((item) => `<article>${item.markup.replace(/ src="[^"]*"/g, '')}</article>`);
    await place.show(`<!doctype html><body>${parts.join('\n')}<footer id=end></footer>`);
    const kept = await place.page.evaluate(() => [
      [...document.body.children].map((one) => one.localName).filter((one) => one === 'article').length,
      document.body.childElementCount,
    ]);
    expect(kept).toEqual([shown.length, shown.length + 1]);
    await place.page.evaluate(() => {
      for (const element of document.querySelectorAll('article *')) {
        for (const type of [
          'click',
          'mouseover',
          'focus',
          'toggle',
          'scroll',
          'animationend',
          'pointerover',
        ]) {
          if (!element.closest('a')) element.dispatchEvent(new Event(type));
        }
      }
      return new Promise((done) => setTimeout(done, 100));
    });
    expect(place.canaries.slice(before), name).toEqual([]);
  }
  expect(place.alerts).toEqual([]);
  const unexpected: string[] = [];
  for (const { id, open } of all) {
    const found = faults.get(id) ?? [];
    if (open ? found.length === 0 : found.length > 0)
      unexpected.push(`${id}: ${found.join('\n  ') || 'mark it no more'}`);
  }
  expect(unexpected).toEqual([]);
});
