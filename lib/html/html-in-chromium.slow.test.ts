import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchChromium } from '../../checks/machine/chromium.ts';
import { missing } from '../../checks/machine/missing.ts';
import { configureEvents } from '../event/index.ts';
import { legitimateRichTexts, legitimateTexts, xss } from '../testing/corpus/xss.ts';
import { html, render, sanitize } from './index.ts';

/** One value in every place that takes one. Elements with an id are read back. */
const everyPlace = (v: string): string =>
  render(html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title id="title">${v}</title>
    <meta id="meta" name="description" content="${v}"></head><body>
    <p id="text">${v}</p><pre id="pre">${v}</pre><textarea id="textarea">${v}</textarea><h1 id="list">${[v, '']}</h1>
    <p id="double" title="${v}" lang=en>x</p><p id="single" title='${v}'>x</p><p id="part" title="(${v})">x</p>
    <p id="data" data-value="${v}" aria-label="${v}">x</p><input id="input" value="${v}" placeholder="${v}">
    <a href="${v}">x</a><a href="/a/${v}/b?c=${v}&amp;d=${v}#${v}">x</a><a href="https://${v}.example.com/">x</a>
    <form action="${v}"><button type="button" formaction="${v}">x</button></form><blockquote cite="${v}">x</blockquote>
    <img src="${v}" alt="${v}"><video poster="${v}"></video><map name="m"><area href="${v}"></map>
    <svg><text id="svg">${v}</text><a href="${v}"><text>x</text></a></svg><math><mi id="math">${v}</mi></math>
    <select><option id="option" value="${v}">${v}</option></select><table><tr><td id="cell">${v}</td></tr></table>
    <script id="json" type="application/json">${v}</script></body></html>`);

/** The same page by a tag that escapes nothing: it shows that the payloads work, and that a hit is seen. */
const undefended = (v: string): string =>
  `<!doctype html><title>x</title><p>${v}</p><p title="${v}"></p><p title='${v}'></p><a href="${v}">x</a><script>x='${v}'</script><script>x="${v}"</script>`;

type Hit = string;
const hits: Hit[] = [];
let body = '';
let server: Server;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let origin = '';

const reason = missing('chromium');

describe.skipIf(reason)(`in Chromium${reason ? `: ${reason}` : ''}`, () => {
  beforeAll(async () => {
    configureEvents({ sinks: [] });
    server = createServer((req, res) => {
      if (req.url === '/page') res.setHeader('content-type', 'text/html; charset=utf-8').end(body);
      else res.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchChromium();
    context = await browser.newContext();
    await context.exposeBinding('bulwarkHit', (_source, what: string) => void hits.push(what));
    await context.addInitScript(() => {
      const hit = (globalThis as unknown as { bulwarkHit(what: string): void }).bulwarkHit;
      for (const name of ['alert', 'confirm', 'prompt', 'print', 'fetch']) {
        Object.defineProperty(globalThis, name, { value: () => hit(name) });
      }
    });
    page = await context.newPage();
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  async function show(markup: string): Promise<void> {
    body = markup;
    await page.goto(`${origin}/page`);
    await page.evaluate(provoke);
  }

  it('values run nothing, change no structure, and are read back as they were', async () => {
    await show(everyPlace('x'));
    const shape = await page.evaluate(shapeOf);
    // Each third one; checks/html-matrix has all of them, in more places.
    const values = xss.map(({ payload }) => payload).filter((_, i) => i % 3 === 0);
    for (const value of [...values, ...legitimateTexts]) {
      hits.length = 0;
      await show(everyPlace(value));
      expect({ value, hits: [...hits], shape: await page.evaluate(shapeOf) }).toEqual({
        value,
        hits: [],
        shape,
      });
      const kept = value.replace(unkept, '\ufffd');
      for (const [place, read] of Object.entries(await page.evaluate(readBack))) {
        // JSON has an escape for what HTML cannot hold.
        expect({ place, read }).toEqual({ place, read: place === 'json' ? value : kept });
      }
    }
  }, 300_000);

  it('payloads run in a page that escapes nothing', async () => {
    const ran: string[] = [];
    const guide = xss.filter((payload) => payload.guide);
    const others = xss.filter(({ kind }) => kind === 'element' || kind === 'handler' || kind === 'attribute');
    for (const { name, payload, guide: isOfGuide } of new Set([...guide, ...others])) {
      hits.length = 0;
      body = undefended(payload);
      const victim = await context.newPage();
      // Some payloads reload the page, or leave it, without end; what ran until then has run.
      await victim
        .goto(`${origin}/page`, { waitUntil: 'domcontentloaded', timeout: 3_000 })
        .then(() => Promise.race([victim.evaluate(provoke), victim.waitForTimeout(1_000)]))
        .catch(() => {});
      // An image may take its time to fail.
      if (isOfGuide) await vi.waitFor(() => expect(hits).not.toEqual([]), { timeout: 5_000 }).catch(() => {});
      if (hits.length > 0) ran.push(name);
      await victim.close();
    }
    expect(ran).toEqual(expect.arrayContaining(guide.map(({ name }) => name)));
    expect(ran.length).toBeGreaterThan(50);
  }, 300_000);

  it('sanitised payloads run nothing, and are the tree that was written', async () => {
    hits.length = 0;
    await show('<!doctype html><title>x</title>');
    for (const preset of ['comment', 'article'] as const) {
      for (const { name, payload } of xss) {
        const markup = render(sanitize(payload, preset));
        expect({ name, tree: await page.evaluate(innerHtml, markup) }).toEqual({ name, tree: meant(markup) });
      }
    }
    await page.evaluate(provoke);
    expect(hits).toEqual([]);
  }, 120_000);

  it('sanitised payloads run nothing in a page that the server sends', async () => {
    for (const part of [xss.slice(0, 140), xss.slice(140)]) {
      hits.length = 0;
      const sections = part.map(({ payload }) => html`<section>${sanitize(payload, 'article')}</section>`);
      await show(render(html`<!doctype html><title>x</title><main>${sections}</main>`));
      expect(hits).toEqual([]);
      expect(await page.evaluate(sectionCount)).toBe(part.length);
    }
  }, 120_000);

  it('rich texts are the tree that was written', async () => {
    await show('<!doctype html><title>x</title>');
    for (const { name, markup } of legitimateRichTexts) {
      const clean = render(sanitize(markup, 'article'));
      expect({ name, tree: await page.evaluate(innerHtml, clean) }).toEqual({ name, tree: meant(clean) });
    }
  });
});

const unkept = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Sanitised markup as it was meant: tags in pairs, and nothing implied. */
function meant(markup: string): string {
  const names: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'", '#13': '\r' };
  return markup
    .replace(/<pre([^>]*)>\n/g, '<pre$1>')
    .split(/(<[^>]*>)/)
    .filter((piece) => piece !== '')
    .join('\n')
    .replace(/&(lt|gt|amp|quot|#39|#13);/g, (_, name: string) => names[name] as string);
}

// What follows runs in the page.

/** Does what a user would: goes over, presses and focuses everything, and follows links that would run here. */
async function provoke(): Promise<void> {
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    for (const type of ['mouseover', 'pointerover', 'click']) {
      const link = element.closest('a, area, form, button, input, math');
      if (
        type !== 'click' ||
        /^\s*j[\s\S]*:/i.test(link?.getAttribute('href') ?? link?.getAttribute('xlink:href') ?? '')
      ) {
        element.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true }));
      }
    }
    if (typeof element.focus === 'function') element.focus();
  }
  for (const form of document.querySelectorAll('form')) {
    if (/^javascript:/.test(String(form.action))) form.requestSubmit();
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a, area')) {
    if (link.protocol === 'javascript:') link.click();
  }
  // Errors of images, and focus, come as tasks of their own.
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setTimeout(resolve));
}

function shapeOf(): string {
  const names = (element: Element): string => element.getAttributeNames().join();
  return [...document.querySelectorAll('*')]
    .map((e) => `${e.namespaceURI} ${e.localName} ${names(e)}`)
    .join('\n');
}

function readBack(): Record<string, string> {
  const of = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;
  const texts = ['title', 'text', 'pre', 'textarea', 'list', 'svg', 'math', 'option', 'cell'];
  return {
    ...Object.fromEntries(texts.map((id) => [id, of(id).textContent ?? ''])),
    meta: of('meta').getAttribute('content') ?? '',
    double: of('double').title,
    single: of('single').title,
    part: of('part').title.slice(1, -1),
    data: of('data').dataset['value'] ?? '',
    aria: of('data').getAttribute('aria-label') ?? '',
    input: of('input').getAttribute('value') ?? '',
    optionValue: of('option').getAttribute('value') ?? '',
    json: JSON.parse(of('json').textContent ?? ''),
  };
}

function innerHtml(markup: string): string {
  const container = document.createElement('div');
  container.innerHTML = markup;
  document.body.append(container);
  const empty = ['br', 'col', 'hr', 'img', 'wbr'];
  const lines: string[] = [];
  const write = (node: Node): void => {
    if (!(node instanceof Element)) {
      lines.push(node.nodeType === Node.TEXT_NODE ? (node.nodeValue ?? '') : node.nodeName);
      return;
    }
    const attributes = [...node.attributes].map(({ name, value }) => ` ${name}="${value}"`).join('');
    lines.push(`<${node.localName}${attributes}>`);
    node.childNodes.forEach(write);
    if (!empty.includes(node.localName)) lines.push(`</${node.localName}>`);
  };
  container.childNodes.forEach(write);
  return lines.join('\n');
}

function sectionCount(): number {
  return document.querySelectorAll('body > main > section').length;
}
