import type { Browser, Page } from 'playwright-core';
import type { Gate } from '../gate/open-gate.ts';

/** What a browser saw of one load of a page. Untrusted text. */
export interface BrowserLoad {
  /** Violations of the page's own policy that its own markup, scripts and styles caused. */
  readonly violations: readonly Violation[];
  /** The values of `nonce` in the page. */
  readonly nonces: readonly string[];
  /** Hosts that the page wanted to load from and that were blocked here: what they bring was not seen. */
  readonly blockedHosts: readonly string[];
  /** Why the page did not load, as a sentence. */
  readonly failure?: string;
}

export interface Violation {
  /** `script-src-elem` */
  readonly directive: string;
  /** `inline`, `eval`, or a URL */
  readonly blocked: string;
  /** Whether the policy only reports. */
  readonly isReportOnly: boolean;
  readonly sample: string;
  readonly line?: number;
}

/** Events are separate tasks, queued after the load event. */
const settleMs = 60;
const most = 100;

/** Loads a page in a context of its own, with GET only. It never throws. */
export async function loadPage(
  browser: Browser,
  url: URL,
  gate: Gate,
  timeoutMs: number,
): Promise<BrowserLoad> {
  const blocked = new Set<string>();
  let late: NodeJS.Timeout | undefined;
  const limit = new Promise<'late'>((resolve) => {
    late = setTimeout(() => resolve('late'), timeoutMs + 1_000);
  });
  const none = (failure: string): BrowserLoad => ({
    violations: [],
    nonces: [],
    blockedHosts: [...blocked],
    failure,
  });
  try {
    const seen = await Promise.race([loadIn(browser, url, gate, timeoutMs, blocked), limit]);
    if (seen === 'late') return none('The page did not load in time.');
    return { ...seen, blockedHosts: [...blocked].slice(0, most) };
  } catch {
    return none('The page did not load.');
  } finally {
    clearTimeout(late);
  }
}

async function loadIn(
  browser: Browser,
  url: URL,
  gate: Gate,
  timeoutMs: number,
  blocked: Set<string>,
): Promise<Pick<BrowserLoad, 'violations' | 'nonces'>> {
  const context = await browser.newContext({
    ...{ ignoreHTTPSErrors: true, serviceWorkers: 'block', acceptDownloads: false },
  });
  try {
    context.setDefaultTimeout(timeoutMs);
    await context.route(/^https?:/, async (route) => {
      const request = route.request();
      const isAllowed = request.method() === 'GET' && gate.allows(new URL(request.url()));
      await (isAllowed ? route.continue() : route.abort('blockedbyclient'));
    });
    await context.routeWebSocket(/./, (socket) => void socket.close());
    const page = await context.newPage();
    context.on('page', (other) => void other.close().catch(() => {}));
    // Redirected requests, which are not routed, are told here.
    page.on('request', (request) => {
      const to = new URL(request.url());
      if (/^https?:$/.test(to.protocol) && !gate.allows(to)) blocked.add(to.host);
    });
    await page.addInitScript(listen, most);
    await page.goto(url.href, { waitUntil: 'load' });
    await page.waitForTimeout(settleMs);
    return await read(page);
  } finally {
    await context.close().catch(() => {});
  }
}

/** Runs in the page, before anything of its own. */
function listen(most: number): void {
  const seen: unknown[] = [];
  Object.defineProperty(globalThis, '__bulwarkSeen', { value: seen });
  document.addEventListener('securitypolicyviolation', (event) => {
    if (seen.length >= most || !event.isTrusted) return;
    seen.push({
      directive: event.effectiveDirective,
      blocked: event.blockedURI.slice(0, 500),
      isReportOnly: event.disposition === 'report',
      sample: event.sample.slice(0, 100),
      ...(event.lineNumber > 0 && { line: event.lineNumber }),
    });
  });
}

/** A page can change everything that runs in it, so nothing that comes back is taken as it is. */
async function read(page: Page): Promise<Pick<BrowserLoad, 'violations' | 'nonces'>> {
  const text = await page.evaluate(
    ([most, longest]) => {
      const { __bulwarkSeen: violations } = globalThis as unknown as { readonly __bulwarkSeen: unknown[] };
      const nonces = [...document.querySelectorAll<HTMLElement>('[nonce]')].map(({ nonce }) => nonce ?? '');
      return JSON.stringify([violations.slice(0, most), [...new Set(nonces)].slice(0, most)]).slice(
        0,
        longest,
      );
    },
    [most, 500_000] as const,
  );
  const [violations, nonces] = JSON.parse(text) as readonly [
    readonly Partial<Violation>[],
    readonly unknown[],
  ];
  return {
    violations: violations.map(({ directive, blocked, isReportOnly, sample, line }) => ({
      ...{ directive: short(directive), blocked: short(blocked), sample: short(sample) },
      isReportOnly: isReportOnly === true,
      ...(typeof line === 'number' && { line }),
    })),
    nonces: nonces.map(short),
  };
}

function short(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 500) : '';
}
