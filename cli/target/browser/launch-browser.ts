import { accessSync, constants } from 'node:fs';
import type { Browser } from 'playwright-core';

/** A browser, or why there is none, as a sentence. */
export type Launched = { readonly browser: Browser } | { readonly failure: string };

/** Starts Chromium with everything going through a proxy on this machine. */
export async function launchBrowser(proxyPort: number, timeoutMs: number): Promise<Launched> {
  const library = await loadPlaywright();
  if (library === undefined) return { failure: 'The package playwright-core is not installed.' };
  const executablePath = findBrowser(library.chromium.executablePath());
  if (executablePath === undefined)
    return { failure: 'Chromium is not installed; set BULWARK_CHROMIUM to its path.' };
  try {
    const browser = await library.chromium.launch({
      ...{ executablePath, headless: true, timeout: timeoutMs },
      // The sandbox needs an account that is not root, or user namespaces.
      chromiumSandbox: process.getuid?.() !== 0,
      args: [
        ...['--disable-gpu', '--disable-quic', '--disable-sync', '--no-first-run', '--dns-prefetch-disable'],
        ...['--disable-background-networking', '--disable-component-update'],
        `--proxy-server=http://127.0.0.1:${proxyPort}`,
        // This machine goes through the proxy too.
        '--proxy-bypass-list=<-loopback>',
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
        '--webrtc-ip-handling-policy=disable_non_proxied_udp',
      ],
    });
    return { browser };
  } catch {
    return { failure: `${executablePath} did not start.` };
  }
}

/** It is no dependency: most audits need no browser. */
async function loadPlaywright(): Promise<typeof import('playwright-core') | undefined> {
  const name = 'playwright-core';
  try {
    return (await import(name)) as typeof import('playwright-core');
  } catch {
    return undefined;
  }
}

function findBrowser(own: string): string | undefined {
  const given = process.env['BULWARK_CHROMIUM'];
  const places =
    given === undefined
      ? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', own]
      : [given];
  return places.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
