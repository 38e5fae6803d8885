import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../machine/chromium.ts';
import { root } from '../repository.ts';

declare global {
  /** What a page of `startDomSite` has. */
  interface Window {
    bulwarkDom: typeof import('../../lib/dom/index.ts');
    /** The code of what `work` throws, or '' where it throws nothing. */
    codeOf(work: () => unknown): string;
    /** The markup of what is in an element, with its attributes in order. */
    shapeOf(element: Element): string;
  }
}

/** A browser as `bulwark/dom` may meet it. */
export interface DomVariant {
  readonly name: string;
  /** False takes the Sanitizer API away before anything loads. */
  readonly sanitizerApi: boolean;
  /** True sends `require-trusted-types-for 'script'`. */
  readonly trustedTypes: boolean;
}

export const domVariants: readonly DomVariant[] = [
  { name: 'the Sanitizer API', sanitizerApi: true, trustedTypes: false },
  { name: 'no Sanitizer API', sanitizerApi: false, trustedTypes: false },
  { name: 'the Sanitizer API and Trusted Types', sanitizerApi: true, trustedTypes: true },
  { name: 'no Sanitizer API, and Trusted Types', sanitizerApi: false, trustedTypes: true },
];

/** A page on loopback that has the guard as `bulwarkDom`, and notes what runs. */
export interface DomSite {
  readonly context: BrowserContext;
  readonly origin: string;
  /** What was run, or asked another host, since it was emptied. */
  readonly hits: string[];
  /** Opens a page of its own with this body. */
  open(variant: DomVariant, body?: string): Promise<Page>;
  /** The URL of a page with this script, which runs behind the guard's. */
  urlOf(variant: DomVariant, script: string): string;
  close(): Promise<void>;
}

const tt = "require-trusted-types-for 'script'; trusted-types bulwark bulwark-parse default";

export async function startDomSite(): Promise<DomSite> {
  const guard = await bundleDom();
  const hits: string[] = [];
  const pages = new Map<string, { variant: DomVariant; body: string }>();
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const page = pages.get(pathname);
    if (pathname === '/guard.js') response.setHeader('content-type', 'text/javascript').end(guard);
    else if (pathname === '/good.js')
      response.setHeader('content-type', 'text/javascript').end('window.loaded = true;');
    else if (page) {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      if (page.variant.trustedTypes) response.setHeader('content-security-policy', tt);
      const taken = page.variant.sanitizerApi ? '' : '<script>delete Element.prototype.setHTML</script>';
      response.end(
        `<!doctype html><title>x</title>${taken}<script src="/guard.js"></script><body>${page.body}</body>`,
      );
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser: Browser = await launchChromium();
  const context = await browser.newContext();
  await context.exposeBinding('bulwarkHit', (_source, what: string) => void hits.push(what));
  await context.addInitScript(() => {
    const hit = (globalThis as unknown as { bulwarkHit(what: string): void }).bulwarkHit;
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'fetch', 'open']) {
      Object.defineProperty(globalThis, name, { value: () => hit(name) });
    }
    window.codeOf = (work) => {
      try {
        work();
        return '';
      } catch (error) {
        return (error as { code?: string }).code ?? String(error);
      }
    };
    window.shapeOf = (element) => {
      const copy = element.cloneNode(true) as Element;
      for (const one of copy.querySelectorAll('*')) {
        const attributes = [...one.attributes].map(({ name, value }) => [name, value] as const).sort();
        for (const [name] of attributes) one.removeAttribute(name);
        for (const [name, value] of attributes) one.setAttribute(name, value);
      }
      return copy.innerHTML;
    };
  });
  const add = (variant: DomVariant, body: string): string => {
    const path = `/page-${pages.size}`;
    pages.set(path, { variant, body });
    return origin + path;
  };
  return {
    context,
    origin,
    hits,
    async open(variant, body = '') {
      const page = await context.newPage();
      await page.goto(add(variant, body));
      return page;
    },
    urlOf: (variant, script) => add(variant, `<script>${script}</script>`),
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** The guard as a browser gets it, as the global `bulwarkDom`. */
async function bundleDom(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'lib/dom/index.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    globalName: 'bulwarkDom',
    platform: 'browser',
  });
  return outputFiles[0]?.text ?? '';
}
