import { type Browser, chromium } from 'playwright-core';
import { chromiumPath } from './program.ts';

/**
 * A real Chromium that can reach this machine and nothing else: no other name resolves, every other request would go
 * to a proxy that isn't there, and WebRTC sends no packet of its own. `localhost`, names under `.localhost`, 127.0.0.1
 * and ::1 work, so that pages of different origins can be told apart.
 */
export async function launchChromium(more: readonly string[] = []): Promise<Browser> {
  return await chromium.launch({
    executablePath: chromiumPath(),
    headless: true,
    // The sandbox needs an account that is not root, or user namespaces.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--dns-prefetch-disable',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1, EXCLUDE ::1',
      // Nothing listens on port 9; loopback never goes to a proxy.
      '--proxy-server=http://127.0.0.1:9',
      '--webrtc-ip-handling-policy=disable_non_proxied_udp',
      ...more,
    ],
  });
}
