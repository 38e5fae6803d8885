import { visible } from '../event/redact/visible.ts';

const mostOfAPath = 200;

/**
 * A URL as a report may hold it: origin and path without user, query and fragment, where tokens and names stand; of any
 * other scheme than those of the web only the scheme, such as `data:`. Undefined for what is no URL, or has a host that
 * could act in a policy.
 */
export function reportUrl(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  // Browsers cut URLs of other schemes down to `blob` or `chrome-extension`.
  if (/^[a-z][a-z0-9+.-]{0,30}$/i.test(text)) return `${text.toLowerCase()}:`;
  const url = parsed(text);
  if (!url) return undefined;
  if (!/^(?:https?|wss?):$/.test(url.protocol))
    return /^[a-z][a-z0-9+.-]{0,30}:$/.test(url.protocol) ? url.protocol : undefined;
  // Hosts may hold semicolons, commas and quotes (https://url.spec.whatwg.org/#forbidden-domain-code-point).
  if (!/^(?:[a-z0-9_.-]+|\[[\da-f:.]+\])(?::\d+)?$/.test(url.host)) return undefined;
  const path = visible(url.pathname);
  return `${url.protocol}//${url.host}${path.length > mostOfAPath ? `${path.slice(0, mostOfAPath)}...` : path}`;
}

/** The origin of what `reportUrl` gave, or the scheme alone. */
export function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/]+/.exec(url)?.[0] ?? url;
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
