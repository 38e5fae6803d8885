import { createHash } from 'node:crypto';

/** The directives of one policy, by their names in lower case (CSP3, 2.2.1). */
export type Policy = ReadonlyMap<string, readonly string[]>;

/** A header may hold several policies, and a page must satisfy each (CSP3, 2.2.2). */
export function policiesIn(header: string): Policy[] {
  return header
    .split(',')
    .map(parsePolicy)
    .filter((policy) => policy.size > 0);
}

function parsePolicy(text: string): Policy {
  const directives = new Map<string, readonly string[]>();
  for (const directive of text.split(';')) {
    const [name, ...sources] = directive.trim().split(/\s+/);
    const key = name?.toLowerCase() ?? '';
    // The first occurrence counts.
    if (key !== '' && !directives.has(key)) directives.set(key, sources);
  }
  return directives;
}

const fallbacks: Readonly<Record<string, readonly string[]>> = {
  'script-src-elem': ['script-src', 'default-src'],
  'script-src-attr': ['script-src', 'default-src'],
  'style-src-elem': ['style-src', 'default-src'],
  'style-src-attr': ['style-src', 'default-src'],
  'frame-src': ['child-src', 'default-src'],
  'img-src': ['default-src'],
  'media-src': ['default-src'],
  'object-src': ['default-src'],
  'manifest-src': ['default-src'],
};

/** The effective directive and its sources, or undefined if everything is allowed. */
export function sourcesFor(
  policy: Policy,
  directive: string,
): { name: string; sources: readonly string[] } | undefined {
  for (const name of [directive, ...(fallbacks[directive] ?? [])]) {
    const sources = policy.get(name);
    if (sources !== undefined) return { name, sources };
  }
  return undefined;
}

/** Whether the text of a script, a style or an attribute may run (CSP3, 6.7.3.3). */
export function allowsInline(
  sources: readonly string[],
  {
    nonce,
    text,
    isAttribute,
  }: { readonly nonce?: string | undefined; readonly text: string; readonly isAttribute: boolean },
): boolean {
  if (!isAttribute && nonce && sources.includes(`'nonce-${nonce}'`)) return true;
  const hashes = !isAttribute || has(sources, "'unsafe-hashes'");
  if (hashes && sources.some((source) => isHashOf(source, text))) return true;
  const ignoresUnsafe = sources.some((source) => /^'(?:nonce-|sha\d|strict-dynamic')/i.test(source));
  return has(sources, "'unsafe-inline'") && !ignoresUnsafe;
}

function isHashOf(source: string, text: string): boolean {
  const [, algorithm, value] = /^'(sha256|sha384|sha512)-([^']+)'$/i.exec(source) ?? [];
  if (algorithm === undefined || value === undefined) return false;
  const hash = createHash(algorithm.toLowerCase()).update(text).digest('base64');
  return hash === value.replaceAll('-', '+').replaceAll('_', '/');
}

export function has(sources: readonly string[], keyword: string): boolean {
  return sources.some((source) => source.toLowerCase() === keyword);
}

/** Whether a URL may be loaded (CSP3, 6.7.2.7). */
export function allowsUrl(sources: readonly string[], url: URL, page: URL): boolean {
  return sources.some((source) => matches(source.toLowerCase(), url, page));
}

function matches(source: string, url: URL, page: URL): boolean {
  if (source === '*') return /^(?:https?|wss?):$/.test(url.protocol) || url.protocol === page.protocol;
  if (source === "'self'") {
    const isSame = url.hostname === page.hostname && isSameScheme(page.protocol.slice(0, -1), url);
    return url.origin === page.origin || (isSame && url.port === page.port);
  }
  const scheme = /^([a-z][a-z\d+.-]*):$/.exec(source)?.[1];
  if (scheme !== undefined) return isSameScheme(scheme, url);
  const [, ofScheme, host, port, path] =
    /^(?:([a-z][a-z\d+.-]*):\/\/)?(\*|(?:\*\.)?[^/:*']+)(?::(\d+|\*))?(\/.*)?$/.exec(source) ?? [];
  if (host === undefined || !/^(?:https?|wss?):$/.test(url.protocol)) return false;
  if (!isSameScheme(ofScheme ?? page.protocol.slice(0, -1), url)) return false;
  const isHost =
    host === '*' || url.hostname === host || (host.startsWith('*.') && url.hostname.endsWith(host.slice(1)));
  return isHost && isPort(port, url) && isPath(path, url);
}

/** An http source allows https too. */
function isSameScheme(scheme: string, { protocol }: URL): boolean {
  const has = protocol.slice(0, -1);
  return has === scheme || (scheme === 'http' && has === 'https') || (scheme === 'ws' && has === 'wss');
}

function isPort(port: string | undefined, url: URL): boolean {
  if (port === '*') return true;
  const usual = url.protocol === 'https:' || url.protocol === 'wss:' ? '443' : '80';
  const actual = url.port === '' ? usual : url.port;
  return port === undefined ? url.port === '' : actual === port || (port === '80' && actual === '443');
}

function isPath(path: string | undefined, { pathname }: URL): boolean {
  if (path === undefined || path === '/') return true;
  const here = pathname.toLowerCase();
  return path.endsWith('/') ? here.startsWith(path) : here === path;
}
