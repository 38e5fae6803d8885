import { tmpdir } from 'node:os';
import { type Browser, chromium } from 'playwright-core';

export interface RendererOptions {
  readonly executablePath: string;
  /** Chromium's sandbox needs an account that is not root, or user namespaces. Never without it on a shared machine. */
  readonly allowNoSandbox?: boolean;
}

/**
 * Starts a Chromium that has no network: whoever gets past what intercepts its requests reaches nothing.
 *
 * - Every connection would go to a proxy, loopback included (`<-loopback>`), and no name or address resolves, that of the
 *   proxy included. So not even the proxy is asked.
 * - No QUIC and no WebRTC packet, as both are UDP and know nothing of proxies.
 * - It is told through a pipe what to do, and not through a port, and sees none of this process's environment.
 */
export async function launchRenderer({ executablePath, allowNoSandbox }: RendererOptions): Promise<Browser> {
  return await chromium.launch({
    executablePath,
    headless: true,
    chromiumSandbox: allowNoSandbox !== true,
    env: environment(),
    args: [
      '--host-resolver-rules=MAP * ~NOTFOUND',
      '--proxy-server=http://nowhere.invalid:9',
      '--proxy-bypass-list=<-loopback>',
      '--disable-quic',
      '--webrtc-ip-handling-policy=disable_non_proxied_udp',
      '--force-webrtc-ip-handling-policy',
      '--dns-prefetch-disable',
      '--no-pings',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-gpu',
      '--no-first-run',
    ],
  });
}

/** What a browser needs to start and to find its fonts. Keys and passwords in the rest are nothing to it. */
function environment(): Record<string, string> {
  const kept = ['PATH', 'LANG', 'TMPDIR', 'FONTCONFIG_FILE', 'FONTCONFIG_PATH', 'XDG_RUNTIME_DIR'];
  const found = kept.flatMap((name): [string, string][] => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(found), HOME: tmpdir() };
}
