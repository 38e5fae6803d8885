import { hostOf } from '../host-rule.ts';
import { parseUrl } from '../parse-url.ts';

/**
 * Where proxies are named: what curl, undici (NODE_USE_ENV_PROXY), axios, proxy-from-env and global-agent read. Windows
 * does not tell cases apart, everything else does.
 */
const variables: readonly string[] = [
  ...['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'],
  ...['npm_config_proxy', 'npm_config_http_proxy', 'npm_config_https_proxy'],
  ...['GLOBAL_AGENT_HTTP_PROXY', 'GLOBAL_AGENT_HTTPS_PROXY'],
];

const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/**
 * True where a variable of the environment names one of these hosts, at this port, as a proxy. Asked anew each time:
 * dotenv sets some late.
 */
export function isEnvironmentProxy(
  hosts: readonly string[],
  port: number,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  for (const name of variables) {
    const text = environment[name];
    if (!text) continue;
    const place = placeOf(text);
    if (hosts.some((host) => place === `${host} ${port}`)) return true;
  }
  return false;
}

const places = new Map<string, string>();

function placeOf(text: string): string {
  let place = places.get(text);
  if (place === undefined) {
    // Bounded, though only the process itself writes its environment.
    if (places.size >= 100) places.clear();
    place = readPlace(text);
    places.set(text, place);
  }
  return place;
}

/** With or without a scheme, as clients differ in what they take. Empty where no client could read it. */
function readPlace(text: string): string {
  const url = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (!url || url.hostname === '') return '';
  const port = url.port === '' ? (defaultPorts[url.protocol] ?? 1080) : Number(url.port);
  return `${hostOf(url.hostname.replace(/^\[|\]$/g, ''))} ${port}`;
}
