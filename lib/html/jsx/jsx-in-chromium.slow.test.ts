import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../../checks/machine/chromium.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { root } from '../../../checks/repository.ts';

/** Each is a property that a client could send, for an element that is then clicked. */
const attacks = [
  ['a', { href: 'javascript:hit()' }],
  ['a', { HREF: ' java\nscript:hit()' }],
  ['iframe', { src: 'javascript:parent.hit()' }],
  ['iframe', { srcdoc: '<script>parent.hit()</script>' }],
  ['iframe', { srcDoc: '<script>parent.hit()</script>' }],
  ['div', { dangerouslySetInnerHTML: { __html: '<img src=x onerror=hit()>' } }],
  ['div', { innerHTML: '<img src=x onerror=hit()>' }],
  ['x-y', { innerHTML: '<img src=x onerror=hit()>' }],
  ['button', { onclick: 'hit()' }],
  ['x-y', { onclick: 'hit()' }],
  ['x-y', { ONCLICK: ['hit()'] }],
  ['a', { href: 'mailto:hit()', protocol: 'javascript:' }],
  ['form', { action: 'javascript:hit()', children: ['text'] }],
  ['svg:script', { children: 'hit()' }],
  ['svg:set', { attributeName: 'href', to: 'javascript:hit()' }],
  ['set', { attributename: 'fill', attributeName: 'href', to: 'javascript:hit()' }],
  ['p', { ref: null, ['__proto__']: { dangerouslySetInnerHTML: { __html: '<img src=x onerror=hit()>' } } }],
] as const;

const page = (framework: string): string => `
${
  framework === 'react'
    ? `import { createRoot, hydrateRoot } from 'react-dom/client';
       import { flushSync } from 'react-dom';
       const show = (element, at) => { const root = createRoot(at); flushSync(() => root.render(element)); };
       const take = (element, at, failed) => flushSync(() => hydrateRoot(at, element, { onRecoverableError: failed }));`
    : `import { hydrate, render as show } from 'preact';
       const take = (element, at) => hydrate(element, at);`
}
window.attack = (Type, json) => {
  const props = JSON.parse(json);
  const at = document.body.appendChild(document.createElement('section'));
  const element = () => <Type {...props} />;
  try { show(/set|:/.test(Type) ? <svg><a>{element()}</a></svg> : element(), at); } catch { return 1; }
  // Of a link's and a button's own click; the form is submitted.
  for (const found of at.querySelectorAll('form')) found.submit();
  const click = () => new MouseEvent('click', { bubbles: true, cancelable: true });
  for (const found of at.querySelectorAll('a, button, x-y')) found.dispatchEvent(click());
  return 0;
};
window.failures = [];
window.hydrated = () => {
  const App = () => <main><a href="javascript:hit()" title="x">a</a><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" /></main>;
  const at = document.body.appendChild(document.createElement('section'));
  at.innerHTML = '<main><a href="about:invalid#bulwark" title="x">a</a><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="/></main>';
  take(<App />, at, (error) => window.failures.push(String(error)));
  return at.innerHTML;
};
`;

declare global {
  interface Window {
    failures: string[];
    attack(type: string, json: string): number;
    hydrated(): string;
  }
}

const nameOf = (framework: string, source: string): string => `${framework}-${source.length}`;

async function bundle(framework: string, source: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: page(framework), loader: 'jsx', resolveDir: join(root, 'lib') },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    jsx: 'automatic',
    jsxImportSource: source,
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      {
        name: 'bulwark',
        setup({ onResolve }) {
          onResolve({ filter: /^bulwark\// }, ({ path }) => ({
            path: join(root, 'lib', path.slice('bulwark/'.length), 'index.ts'),
          }));
        },
      },
    ],
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

describe.skipIf(missing('chromium'))('JSX in Chromium', () => {
  let browser: Browser;
  let server: Server;
  const scripts = new Map<string, string>();

  beforeAll(async () => {
    browser = await launchChromium();
    server = createServer(({ url = '/' }, res) => {
      const script = scripts.get(url.slice(1).replace(/\.js$/, ''));
      if (url.endsWith('.js')) res.setHeader('content-type', 'text/javascript').end(script);
      else
        res
          .setHeader('content-type', 'text/html')
          .end(`<!doctype html><body><script src="${url}.js"></script>`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  async function open(framework: string, source: string): Promise<Page> {
    const name = nameOf(framework, source);
    if (!scripts.has(name)) scripts.set(name, await bundle(framework, source));
    const opened = await browser.newPage();
    const { port } = server.address() as AddressInfo;
    await opened.goto(`http://127.0.0.1:${port}/${name}`);
    return opened;
  }

  async function hitsOf(framework: string, source: string): Promise<{ hits: string[]; refused: number }> {
    const hits: string[] = [];
    if (!scripts.has(nameOf(framework, source))) await (await open(framework, source)).close();
    const refusals = await Promise.all(
      attacks.map(async ([type, props]) => {
        const opened = await open(framework, source);
        await opened.exposeFunction('hit', () => void hits.push(`${type} ${Object.keys(props).join()}`));
        const refused = await opened.evaluate(([one, given]) => window.attack(one, given), [
          type,
          JSON.stringify(props),
        ] as const);
        // An image that is not there, and a frame, take a moment; a `javascript:` URL runs in a task of its own.
        await opened.waitForTimeout(150);
        await opened.close();
        return refused;
      }),
    );
    const refused = refusals.reduce((sum, one) => sum + one, 0);
    return { hits: [...new Set(hits)], refused };
  }

  it.each(['react', 'preact'])(
    'of %s runs nothing that a client sent, where without Bulwark it would',
    async (framework) => {
      const bare = await hitsOf(framework, framework);
      expect(bare.hits).toEqual(expect.arrayContaining(['x-y ONCLICK', 'svg:script children']));
      expect(bare.hits.length).toBeGreaterThan(2);
      const { hits, refused } = await hitsOf(framework, `bulwark/html/${framework}`);
      expect(hits).toEqual([]);
      expect(refused).toBe(9);
    },
  );

  it.each(['react', 'preact'])('of %s is the same on the server and in the browser', async (framework) => {
    const opened = await open(framework, `bulwark/html/${framework}`);
    expect(await opened.evaluate(() => window.hydrated())).toContain('href="about:invalid#bulwark"');
    expect(await opened.evaluate(() => window.failures)).toEqual([]);
    await opened.close();
  });
});
