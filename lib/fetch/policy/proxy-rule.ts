import { parseUrl } from './parse-url.ts';

/** A proxy that the operator names. It is trusted: where it stands is not checked, only what it is asked for. */
export interface ProxyRule {
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  /** The value of Proxy-Authorization. */
  readonly authorization: string | undefined;
}

/** Reads `http://proxy.example:3128` or `https://user:password@proxy.example`; undefined for anything else. */
export function parseProxyRule(text: string): ProxyRule | undefined {
  const url = parseUrl(text);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined;
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return undefined;
  const secure = url.protocol === 'https:';
  const credentials = credentialsOf(url);
  if (credentials === undefined) return undefined;
  return Object.freeze({
    secure,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    authorization: credentials === '' ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`,
  });
}

/** Empty where there are none; undefined where they are no percent-encoded text. */
function credentialsOf({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return '';
  try {
    return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  } catch {
    return undefined;
  }
}
