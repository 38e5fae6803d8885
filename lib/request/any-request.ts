/** A request of `node:http`, `node:http2` or a framework over them. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Where a framework keeps the URL that came, once a router has cut its own part off. */
  readonly originalUrl?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The parts of a web `Request` that guards read. */
export interface WebRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: { get(name: string): string | null };
}

/** What guards accept as a request, whatever the server. */
export type AnyRequest = NodeRequest | WebRequest;

/**
 * A header of a request; several lines as one list, as Node and the Fetch standard join them.
 *
 * @param name in lower case
 */
export function headerOf(request: AnyRequest, name: string): string | undefined {
  if (isWeb(request)) return request.headers.get(name) ?? undefined;
  // Own properties only: a polluted prototype must not add headers.
  if (!Object.hasOwn(request.headers, name)) return undefined;
  const value = request.headers[name];
  return value === undefined || typeof value === 'string' ? value : value.join(', ');
}

/** The method in capitals. */
export function methodOf(request: AnyRequest): string {
  return (request.method ?? 'GET').toUpperCase();
}

/** The path and query that came, such as `/a?b=c`, also where the target was an absolute URL. */
export function targetOf(request: AnyRequest): string {
  const target = isWeb(request) ? request.url : (rawTargetOf(request) ?? '/');
  if (target.startsWith('/')) return target;
  const rest = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*([^#]*)/i.exec(target)?.[1] ?? '';
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** The target as it came, also where a router has cut its own part off `url`. */
export function rawTargetOf(request: Pick<NodeRequest, 'url' | 'originalUrl'>): string | undefined {
  // An own property only: a polluted prototype must not choose the path that is judged.
  return (Object.hasOwn(request, 'originalUrl') ? request.originalUrl : undefined) ?? request.url;
}

function isWeb(request: AnyRequest): request is WebRequest {
  return typeof (request.headers as { get?: unknown }).get === 'function';
}
