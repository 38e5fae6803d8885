import type { GuardedFetch } from 'bulwark/fetch';
import type { Route } from 'playwright-core';

/** Answers a document's own requests. */
export interface DocumentResources {
  answer(route: Route): Promise<void>;
  readonly loaded: number;
  readonly blocked: number;
}

export interface ResourceLimits {
  readonly maxResources: number;
  /** Of all resources together. */
  readonly maxBytes: number;
}

/** Where the document seems to come from: a name that can never exist (RFC 6761, 6.4), so that nothing is relative to it. */
export const documentUrl = 'http://document.invalid/';

/**
 * A page under this policy has pictures, styles and fonts, and nothing else: no script, frame, object or form. `sandbox`
 * also switches off what happens by itself, such as `<meta http-equiv=refresh>`.
 */
const contentPolicy =
  "default-src 'none'; img-src http: https: data:; font-src http: https: data:; " +
  "style-src 'unsafe-inline' http: https: data:; sandbox";

/**
 * Answers the browser's requests from here: the document with its text, pictures, styles and fonts with what the guarded
 * fetch gives, and everything else with nothing. The browser itself connects to nobody.
 */
export function documentResources(
  html: string,
  fetch: GuardedFetch,
  { maxResources, maxBytes }: ResourceLimits,
  signal: AbortSignal,
): DocumentResources {
  let delivered = false;
  let asked = 0;
  let bytes = 0;
  let loaded = 0;
  let blocked = 0;

  async function load(route: Route): Promise<boolean> {
    const request = route.request();
    if (request.url() === documentUrl && request.isNavigationRequest() && !delivered) {
      delivered = true;
      const headers = {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': contentPolicy,
      };
      await route.fulfill({ status: 200, headers, body: html });
      return true;
    }
    const wanted = ['image', 'stylesheet', 'font'].includes(request.resourceType());
    if (!wanted || request.method() !== 'GET' || ++asked > maxResources) return false;
    // No header of the browser goes out: neither a referrer nor an origin says where this is.
    const response = await fetch(request.url(), { signal });
    const body = response.ok ? Buffer.from(await response.arrayBuffer()) : undefined;
    bytes += body?.byteLength ?? 0;
    if (!body || bytes > maxBytes) return false;
    const type = response.headers.get('content-type') ?? '';
    // Fonts need it, as a sandboxed document is of no origin. There is no script that could read what it lets through.
    const headers = { 'content-type': type, 'access-control-allow-origin': '*' };
    await route.fulfill({ status: 200, headers, body });
    loaded++;
    return true;
  }

  return {
    get loaded() {
      return loaded;
    },
    get blocked() {
      return blocked;
    },
    async answer(route: Route) {
      // A refusal has its event; a document whose picture is missing is still a document.
      if (await load(route).catch(() => false)) return;
      blocked++;
      await route.abort('blockedbyclient').catch(() => {});
    },
  };
}
