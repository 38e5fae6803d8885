import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../../../checks/machine/chromium.ts';
import { missing } from '../../../checks/machine/missing.ts';
import type { App } from '../run/app-process.ts';
import type { Shown } from './attack.ts';

/** What a page did to the one who opened it. */
export interface Visit {
  readonly status: number;
  /** How each script that is not the application's own showed itself. */
  readonly scripts: readonly string[];
  /** How the visit ended, where it did not end on the page that was opened. */
  readonly astray?: string;
  /** An element or attribute of the attacker's that could run a script, or pose as the page. */
  readonly markup: string | undefined;
  readonly shown?: Shown;
}

export interface Framed {
  /** True where the page succeeded in showing its frame. */
  readonly isShown: boolean;
  readonly shown?: Shown;
}

/** A real Chromium, and somebody in front of it who looks, points and clicks. */
export interface Victim {
  /** @param look whether to keep the page, with a picture of it */
  open(app: App, path: string, look?: boolean): Promise<Visit>;
  /** Opens a page that frames another. */
  frames(url: string, look?: boolean): Promise<Framed>;
  /** A browser of somebody's own, without a cookie yet. Whoever takes it closes it. */
  takeBrowser(): Promise<BrowserContext>;
  close(): Promise<void>;
}

/**
 * Starts Chromium, or says by undefined that this machine has none.
 *
 * @param args by which it finds the lab's hosts
 */
export async function startVictim(args: readonly string[]): Promise<Victim | undefined> {
  if (missing('chromium') !== undefined) return undefined;
  let seat = await sitDown(args);

  /** A payload can bring the browser itself down. */
  async function ready(): Promise<Seat> {
    if (!seat.browser.isConnected()) seat = await sitDown(args);
    return seat;
  }

  return {
    open: async (app, path, look = false) => (await ready()).visit(app, path, look),
    frames: async (url, look = false) => framed((await ready()).browser, url, look),
    async takeBrowser() {
      const { browser } = await ready();
      const context = await browser.newContext({ viewport, ignoreHTTPSErrors: true });
      context.setDefaultTimeout(patienceMs);
      return context;
    },
    close: () => seat.browser.close(),
  };
}

async function framed(browser: Browser, url: string, look: boolean): Promise<Framed> {
  const tab = await browser.newPage({ viewport });
  try {
    await tab.goto(url);
    const frame = tab.frames()[1];
    const isThere = frame?.url().startsWith('http://127.0.0.1') === true;
    const isShown = isThere && (await frame.locator('form').count()) > 0;
    return { isShown, ...(look && { shown: await keepPage(tab) }) };
  } finally {
    await tab.close();
  }
}

/** Longer than any page of the applications takes; a payload can hold its own page for ever. */
const patienceMs = 6_000;
const viewport = { width: 600, height: 340 };

/** Somebody in front of one browser. */
interface Seat {
  readonly browser: Browser;
  visit(app: App, path: string, look: boolean): Promise<Visit>;
}

async function sitDown(args: readonly string[]): Promise<Seat> {
  const browser = await launchChromium(args);
  let ran: string[] = [];
  let page = await newPage();

  async function newPage(): Promise<Page> {
    const context = await browser.newContext({ viewport });
    const own: string[] = [];
    ran = own;
    // A page of before, which a payload opened, reports to nobody any more.
    await context.exposeBinding('labScriptRan', ({ frame }, how: unknown) => {
      if (frame.page() === page && own === ran) own.push(String(how).slice(0, 40));
    });
    // The compiler that runs the lab wraps named functions in this helper, which a page does not have.
    await context.addInitScript('globalThis.__name = (named) => named;');
    await context.addInitScript(watchScripts);
    return context.newPage();
  }

  /** Nothing of one visit may reach the next: not a cookie, not a window. */
  async function renew(): Promise<void> {
    const context = page.context();
    page = await newPage();
    void context.close().catch(() => {});
  }

  async function look(url: string, keep: boolean): Promise<Omit<Visit, 'scripts'>> {
    const response = await page.goto(url, { waitUntil: 'load', timeout: patienceMs });
    // Before anything is clicked: what is clicked may lead away.
    const shown = keep ? await keepPage(page) : undefined;
    const markup = await page.evaluate(actAndLook);
    return { status: response?.status() ?? 0, markup, ...(shown && { shown }) };
  }

  async function visit(app: App, path: string, keep: boolean): Promise<Visit> {
    if (keep) await renew();
    ran.length = 0;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('late')), patienceMs);
    });
    try {
      const seen = await Promise.race([look(app.url + path, keep), late]);
      const scripts = [...new Set(ran)];
      if (page.url().startsWith(app.url)) return { ...seen, scripts };
      return { ...seen, scripts, markup: undefined, astray: 'the page led away' };
    } catch (error) {
      if (!browser.isConnected()) throw error;
      // The payload led the page away, or holds it. What ran until then counts; the next visit has a new page.
      const scripts = [...new Set(ran)];
      await renew();
      // What the browser saves, it does not open.
      if (String(error).includes('Download is starting')) return { status: 200, scripts, markup: undefined };
      return { status: 0, scripts, markup: undefined, astray: 'the page led away, or hung' };
    } finally {
      clearTimeout(timer);
    }
  }
  return { browser, visit };
}

export async function keepPage(page: Page): Promise<Shown> {
  const body = (await page.content()).slice(0, 100_000);
  return { type: 'text/html', body, screenshot: await page.screenshot() };
}

/** Runs in the page before its own scripts: what a script of an attacker does shows here. */
function watchScripts(): void {
  const scope = window as unknown as Record<string, (...args: unknown[]) => unknown>;
  const report = (how: string): void => void scope['labScriptRan']?.(how);
  for (const name of ['alert', 'confirm', 'prompt', 'print']) {
    scope[name] = () => report(name);
  }
  const foreign = (url: unknown): boolean =>
    new URL(String(url), location.href).origin !== location.origin || /admin/.test(String(url));
  const realFetch = window.fetch;
  window.fetch = (input, init) => {
    if (foreign(input instanceof Request ? input.url : input)) report('fetch');
    return realFetch(input, init);
  };
  const realOpen = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, ...args: unknown[]) {
    if (foreign(args[1])) report('XMLHttpRequest');
    return Reflect.apply(realOpen, this, args);
  } as typeof realOpen;
  navigator.sendBeacon = () => {
    report('sendBeacon');
    return true;
  };
}

/**
 * Runs in the page: points at, focuses and clicks what could be waiting for it, and then looks for the first thing that
 * no honest part of the application writes.
 */
async function actAndLook(): Promise<string | undefined> {
  // What a script of the page asks for, and images in it, come after the load: at once, or later on a busy machine.
  const isThere = (): boolean =>
    !document.querySelector('#people:empty') && [...document.images].every(({ complete }) => complete);
  for (let i = 0; i < 100 && !isThere(); i++) await new Promise((resolve) => setTimeout(resolve, 20));

  const armed = [...document.querySelectorAll<HTMLElement>('*')].filter((element) =>
    [...element.attributes].some(
      ({ name, value }) => /^on/i.test(name) || /^[\0-\x20]*j[\s\S]{0,9}a[\s\S]{0,60}:/i.test(value),
    ),
  );
  for (const element of armed.slice(0, 20)) {
    for (const type of [
      'mouseover',
      'mouseenter',
      'pointerover',
      'focus',
      'toggle',
      'input',
      'change',
      'keydown',
    ]) {
      element.dispatchEvent(new Event(type));
    }
    element.click?.();
    if (element instanceof SVGElement) element.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  }
  // The error handler of an image, or a promise, runs a little after the load.
  await new Promise((resolve) => setTimeout(resolve, 20));

  for (const element of document.querySelectorAll('*')) {
    const tag = element.tagName.toLowerCase();
    if (tag === 'script') {
      const own = element.getAttribute('src') ?? element.getAttribute('type') ?? '';
      const known = /^(?:hello|people|search)\.js$|^application\/json$/.test(own);
      if (!known && !/lastSearch|var visitTerm/.test(element.textContent ?? '')) return '<script>';
    }
    if (/^(?:iframe|object|embed|base|frame|applet|math|marquee|style|template|noscript|svg)$/.test(tag))
      return `<${tag}>`;
    if (tag === 'meta' && !element.hasAttribute('charset')) return `<${tag}>`;
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) return `<${tag} ${name}>`;
      // What a URL parser strips before it looks at the scheme.
      const url = value.replace(/[\t\n\r]/g, '').replace(/^[\0-\x20]+/, '');
      const isUrl = /^(?:href|src|action|formaction|data|xlink:href|poster)$/i.test(name);
      if (isUrl && /^(?:javascript|vbscript|data:text)/i.test(url))
        return `<${tag} ${name}="${url.slice(0, 11)}...">`;
    }
  }
  return undefined;
}
