import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../../checks/machine/chromium.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { asSerialised, serialised } from '../../../checks/sanitizer/serialised.ts';
import { configureEvents } from '../../event/index.ts';
import { legitimateDocuments } from '../../testing/corpus/rich-text.ts';
import { xss } from '../../testing/corpus/xss.ts';
import { sanitizerXss } from '../../testing/corpus/xss-sanitizer.ts';
import { render } from '../render.ts';
import type { PresetName } from './preset-type.ts';
import { sanitize } from './sanitize.ts';

const names = Object.keys(legitimateDocuments) as PresetName[];
const payloads = [...new Set([...sanitizerXss, ...xss].map(({ payload }) => payload))];

/** Where an application may paste what it should not, and the element that must still be around it. */
const places: readonly [before: string, after: string][] = [
  ['<div>', '</div>'],
  ['<td-holder><table><tr><td>', '</td></tr></table></td-holder>'],
  ['<textarea>', '</textarea>'],
  ['<noscript>', '</noscript>'],
  ['<template>', '</template>'],
  ['<svg>', '</svg>'],
  ['<svg><title>', '</title></svg>'],
  ['<math><mtext>', '</mtext></math>'],
  ['<xmp>', '</xmp>'],
  ['<select><option>', '</option></select>'],
  ['<title>', '</title>'],
];

const reason = missing('chromium');
let browser: Browser;
let page: Page;
const hits: string[] = [];

describe.skipIf(reason)(`in Chromium${reason ? `: ${reason}` : ''}`, () => {
  beforeAll(async () => {
    configureEvents({ sinks: [] });
    browser = await launchChromium();
    page = await browser.newPage();
    await page.exposeFunction('bulwarkHit', (what: string) => void hits.push(what));
    await page.addInitScript(() => {
      for (const name of ['alert', 'confirm', 'prompt', 'print', 'fetch', 'open']) {
        Object.defineProperty(globalThis, name, {
          value: () => (globalThis as unknown as { bulwarkHit(what: string): void }).bulwarkHit(name),
        });
      }
    });
    // Requests that leave the page are seen, and answered by nobody.
    await page.route('**', (route) => {
      const url = route.request().url();
      if (url === 'https://page.example/') {
        return route.fulfill({
          contentType: 'text/html; charset=utf-8',
          body: '<!doctype html><title>x</title>',
        });
      }
      if (url.includes('evil.example')) hits.push(url);
      return route.abort();
    });
    await page.goto('https://page.example/');
  });
  afterAll(async () => {
    await browser?.close();
  });

  it('raw payloads run, so that a hit would be seen', async () => {
    hits.length = 0;
    await page.evaluate(paste, { outputs: payloads.slice(0, 300), places: [['<div>', '</div>'] as const] });
    expect(hits.length).toBeGreaterThan(20);
    await page.goto('https://page.example/');
  }, 60_000);

  it.each(names)(
    '%s: payloads run nothing, wherever they are pasted, and break out of nothing',
    async (name) => {
      hits.length = 0;
      const outputs = payloads.map((payload) => render(sanitize(payload, name)));
      for (let i = 0; i < outputs.length; i += 200) {
        const escaped = await page.evaluate(paste, { outputs: outputs.slice(i, i + 200), places });
        expect(escaped).toEqual([]);
      }
      // An image that the preset allows is loaded from where it is.
      const images = new Set(
        outputs.flatMap((one) =>
          [...one.matchAll(/<img[^>]* src(?:set)?="([^"]*)"/g)].flatMap(([, src = '']) =>
            src.split(', ').map((url) => url.replace(/ \S+$/, '')),
          ),
        ),
      );
      expect(hits.filter((hit) => !images.has(hit.replaceAll('&', '&amp;')))).toEqual([]);
      expect(page.url()).toBe('https://page.example/');
    },
    240_000,
  );

  it.each(names)(
    "%s: Chromium's tree of the output is the one that was written",
    async (name) => {
      const outputs = [...payloads, ...legitimateDocuments[name]].map((one) => render(sanitize(one, name)));
      const read = await page.evaluate(serialised, outputs);
      expect(read).toEqual(outputs.map(asSerialised));
    },
    120_000,
  );

  it('shows every bitmap that a browser would show as it was written', async () => {
    const gif = 'R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
    const urls = [
      `data:image/jpg;base64,${gif}`,
      `data:image/gif;charset=utf-8;base64,${gif.replaceAll('=', '%3D')}`,
      `data:image/x-png; base64,${gif.slice(0, 20)}\n ${gif.slice(20)}`,
    ];
    const written = urls.map((url) => render(sanitize(`<img src="${url}">`, 'article')));
    const widths = await page.evaluate(
      (markups) =>
        Promise.all(
          markups.map(async (markup) => {
            const div = document.body.appendChild(document.createElement('div'));
            div.innerHTML = markup;
            const image = div.querySelector('img');
            await image?.decode().catch(() => undefined);
            return image?.naturalWidth;
          }),
        ),
      [...urls.map((url) => `<img src="${url}">`), ...written, '<img src="data:image/gif;base64,AAAA">'],
    );
    expect(widths).toEqual([1, 1, 1, 1, 1, 1, 0]);
  });

  it('leaves the meaning of every legitimate document', async () => {
    for (const name of names) {
      const documents = legitimateDocuments[name];
      const before = await page.evaluate(serialised, [...documents]);
      const after = await page.evaluate(
        serialised,
        documents.map((one) => render(sanitize(one, name))),
      );
      expect(after).toEqual(before);
    }
  });
});

// What follows runs in the page.

/** Pastes each output in each place, does what a user would, and names what left its container. */
async function paste({
  outputs,
  places,
}: {
  outputs: readonly string[];
  places: readonly (readonly [string, string])[];
}): Promise<string[]> {
  const escaped: string[] = [];
  for (const [before, after] of places) {
    const root = document.createElement('main');
    // The parser of a document, with scripts off as in an inert one and then adopted, and that of `innerHTML`.
    const inert = new DOMParser().parseFromString(
      outputs.map((output) => `<section>${before}${output}${after}</section>`).join(''),
      'text/html',
    );
    if (before === '<div>' && inert.querySelectorAll('body > section').length !== outputs.length)
      escaped.push(before);
    root.append(...inert.body.childNodes);
    for (const output of outputs) {
      const section = document.createElement('section');
      section.innerHTML = `${before}${output}${after}`;
      if (before === '<div>' && section.childNodes.length !== 1) escaped.push(output);
      root.append(section);
    }
    document.body.append(root);
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      for (const type of ['mouseover', 'pointerover', 'focus', 'load', 'error', 'begin', 'toggle']) {
        element.dispatchEvent(new Event(type));
      }
      const href = element.getAttribute('href') ?? element.getAttribute('xlink:href') ?? '';
      if (/^[\s\0-\x20]*j[\s\S]*:/i.test(href))
        element.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
    root.remove();
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  return escaped;
}
