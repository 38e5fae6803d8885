import { hostOf } from '../policy/host-rule.ts';
import { parseUrl } from '../policy/parse-url.ts';

/**
 * Where proxies are named: what curl, undici (NODE_USE_ENV_PROXY), axios, proxy-from-env, proxy-agent and global-agent
 * read. Windows does not tell cases apart, everything else does, and proxy-from-env reads each name in both.
 */
const variables: readonly string[] = [
  ...[
    ...['http_proxy', 'https_proxy', 'all_proxy', 'ws_proxy', 'wss_proxy', 'socks_proxy'],
    ...['npm_config_proxy', 'npm_config_http_proxy', 'npm_config_https_proxy'],
  ].flatMap((name) => [name, name.toUpperCase()]),
  ...['GLOBAL_AGENT_HTTP_PROXY', 'GLOBAL_AGENT_HTTPS_PROXY'],
];

const defaultPorts: Readonly<Record<string, number>> = {
  ...{ 'http:': 80, 'https:': 443, 'ws:': 80, 'wss:': 443 },
};

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
    const named = placesOf(text);
    if (hosts.some((host) => named.includes(`${host} ${port}`))) return true;
  }
  return false;
}

const known = new Map<string, readonly string[]>();

function placesOf(text: string): readonly string[] {
  let places = known.get(text);
  if (places === undefined) {
    // Bounded, though only the process itself writes its environment.
    if (known.size >= 100) known.clear();
    places = readPlaces(text);
    known.set(text, places);
  }
  return places;
}

/**
 * Every place that a client may take it for. As it stands, for those that hand it to `URL`: that cuts white space off,
 * and takes `http:/proxy` and `http:\\proxy` too. Then without a scheme, for which some take that of the target, and so
 * another port where none is named. None where no client could read it.
 */
function readPlaces(text: string): readonly string[] {
  const bare = text.trim().replace(/^(["'])(.*)\1$/, '$2');
  return [text, bare, `http://${bare}`, `https://${bare}`].flatMap((candidate) => {
    const url = parseUrl(candidate);
    if (!url || url.hostname === '') return [];
    const port = url.port === '' ? (defaultPorts[url.protocol] ?? 1080) : Number(url.port);
    return [`${hostOf(url.hostname.replace(/^\[|\]$/g, ''))} ${port}`];
  });
}
