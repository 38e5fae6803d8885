import { startFilteringProxy } from '../../target/browser/filtering-proxy.ts';
import { launchBrowser } from '../../target/browser/launch-browser.ts';
import { type BrowserLoad, loadPage } from '../../target/browser/load-page.ts';
import type { Gate } from '../../target/gate/open-gate.ts';
import type { BrowserPage, BrowserView } from './site.ts';

const launchMs = 15_000;

/** Loads each page twice in Chromium. All other hosts are blocked. It never throws. */
export async function lookInBrowser(
  urls: readonly URL[],
  gate: Gate,
  { timeoutMs, leftMs }: { readonly timeoutMs: number; readonly leftMs: () => number },
): Promise<BrowserView> {
  const proxy = await startFilteringProxy(gate);
  try {
    const launched = await launchBrowser(proxy.port, launchMs);
    if ('failure' in launched) return { pages: [], failure: launched.failure };
    const { browser } = launched;
    try {
      const load = async (url: URL): Promise<BrowserLoad> =>
        loadPage(browser, url, gate, Math.min(timeoutMs, Math.max(1, leftMs())));
      const pages: BrowserPage[] = [];
      for (const url of urls) {
        const first = await load(url);
        pages.push({
          url: url.href,
          loads: first.failure === undefined ? [first, await load(url)] : [first],
        });
      }
      return { pages };
    } finally {
      await browser.close();
    }
  } finally {
    await proxy.close();
  }
}
