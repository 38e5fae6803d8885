import { knownOptions } from '../internal/known-options.ts';
import { type Denied, deny } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { type AnyRequest, headerOf, methodOf } from '../request/any-request.ts';
import { allowedOrigins } from './allowed-origins.ts';
import { fieldNames, methodNames } from './names.ts';

export interface CorsOptions {
  /**
   * Who may read responses: exact origins such as `https://app.example.com`, and `*.example.com` for all https subdomains
   * (`http://*.example.com` for plain HTTP). `'*'` means every origin, for public data, and never with credentials.
   */
  readonly origins: readonly string[] | '*';
  /** Methods that a page may use. GET, HEAD and POST by default. */
  readonly methods?: readonly string[];
  /** Request headers that a page may set, beyond those that need no permission. `Content-Type` by default, for JSON. */
  readonly headers?: readonly string[];
  /** Response headers that a page may read, beyond the few that it always may. None by default. */
  readonly exposeHeaders?: readonly string[];
  /** Lets the listed origins send requests with the user's cookies and read the responses. */
  readonly allowCredentials?: boolean;
  /** How long a browser may remember the answer to a preflight. 600 seconds by default, at most 86,400. */
  readonly maxAgeSeconds?: number;
}

type HeaderLine = readonly [name: string, value: string];

export interface CorsAnswer {
  /** For the response, whatever its status. `Vary` is to be appended to what the response has. */
  readonly headers: readonly HeaderLine[];
  /** Set for a preflight, which is answered with this and nothing else: no handler runs. */
  readonly preflight?: Preflight;
  /** Set if a preflight asked for something that is not allowed. For the event; the answer is in `preflight`. */
  readonly refused?: Denied<'cors/preflight-refused'>;
}

export interface Preflight {
  readonly status: 204 | 403;
  readonly headers: readonly HeaderLine[];
}

export interface Cors {
  answer(request: AnyRequest): CorsAnswer;
}

/**
 * Decides what a route's responses say about cross-origin reads. An origin that is not listed gets no header but `Vary`, so that browsers keep
 * the response from its pages; the request itself continues, because CORS does not stop requests.
 *
 * @throws Misuse `cors/unsafe-origin` for `null`, functions, regular expressions, names that anyone can register, and `'*'` with
 * credentials; `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { cors } from 'bulwark/cors';
 *
 * const api = cors({ origins: ['https://app.example.com', '*.partner.example'], allowCredentials: true });
 * const headers = { origin: 'https://app.example.com' };
 * api.answer({ method: 'GET', headers }).headers;
 * // [['Vary', 'Origin'], ['Access-Control-Allow-Origin', 'https://app.example.com'], ['Access-Control-Allow-Credentials', 'true']]
 * api.answer({ method: 'GET', headers: { origin: 'https://evil.example' } }).headers; // [['Vary', 'Origin']]
 * ```
 */
export function cors(options: CorsOptions): Cors {
  const own = knownOptions(options, [
    ...(['origins', 'methods', 'headers', 'exposeHeaders', 'allowCredentials', 'maxAgeSeconds'] as const),
  ]);
  const everybody = own.origins === '*';
  const credentials = own.allowCredentials ?? false;
  if (typeof credentials !== 'boolean')
    throw new Misuse('bulwark/invalid-option', 'allowCredentials is true or false.');
  if (everybody && credentials)
    throw new Misuse('cors/unsafe-origin', "origins is '*' with allowCredentials.");
  const isAllowed = everybody ? () => true : allowedOrigins(own.origins);
  const methods = methodNames(own.methods ?? ['GET', 'HEAD', 'POST']);
  const fields = fieldNames('headers', own.headers ?? ['Content-Type']);
  const exposed = fieldNames('exposeHeaders', own.exposeHeaders ?? []);
  const maxAge = own.maxAgeSeconds ?? 600;
  if (!(Number.isInteger(maxAge) && maxAge >= 0 && maxAge <= 86_400)) {
    throw new Misuse(
      'bulwark/invalid-option',
      'maxAgeSeconds takes a whole number of seconds from 0 to 86,400.',
    );
  }

  const shared = line(['Vary', 'Origin']);
  const asked = line(['Vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers']);
  const withCredentials = credentials ? [line(['Access-Control-Allow-Credentials', 'true'])] : [];
  const readable = exposed.length > 0 ? [line(['Access-Control-Expose-Headers', exposed.join(', ')])] : [];
  const offered = [
    line(['Access-Control-Allow-Methods', methods.join(', ')]),
    ...(fields.length > 0 ? [line(['Access-Control-Allow-Headers', fields.join(', ')])] : []),
    line(['Access-Control-Max-Age', String(maxAge)]),
  ];
  const toNobody = Object.freeze({ headers: Object.freeze([shared]) });
  const toEverybody = Object.freeze({
    headers: Object.freeze([line(['Access-Control-Allow-Origin', '*']), ...readable]),
  });
  const knownMethods = new Set([...methods, 'GET', 'HEAD', 'POST']);
  const knownFields = new Set([...fields.map((name) => name.toLowerCase()), ...safelisted]);

  function answerPreflight(origin: string, method: string, names: string | undefined): CorsAnswer {
    const ask = { origin: origin.slice(0, 256), method: method.slice(0, 32) };
    if (!isAllowed(origin)) {
      const preflight = { status: 403, headers: [asked] } as const;
      return {
        headers: [asked],
        preflight,
        refused: deny('cors/preflight-refused', { ...ask, reason: 'origin' }),
      };
    }
    const allow = everybody
      ? line(['Access-Control-Allow-Origin', '*'])
      : line(['Access-Control-Allow-Origin', origin]);
    const headers = [asked, allow, ...withCredentials, ...offered];
    // The browser compares the lists itself, and tells the developer which entry is missing.
    const answer = { headers, preflight: { status: 204, headers } } as const;
    if (!knownMethods.has(method))
      return { ...answer, refused: deny('cors/preflight-refused', { ...ask, reason: 'method' }) };
    const unknown = (names ?? '')
      .slice(0, 4_096)
      .split(',')
      .find((name) => !isKnown(name.trim().toLowerCase()));
    if (unknown === undefined) return answer;
    const reason = `header ${unknown.trim().slice(0, 64)}`;
    return { ...answer, refused: deny('cors/preflight-refused', { ...ask, reason }) };
  }

  function isKnown(name: string): boolean {
    return name === '' || knownFields.has(name);
  }

  return Object.freeze({
    answer(request: AnyRequest): CorsAnswer {
      const origin = headerOf(request, 'origin');
      if (origin !== undefined && methodOf(request) === 'OPTIONS') {
        const method = headerOf(request, 'access-control-request-method');
        if (method !== undefined) {
          return answerPreflight(origin, method, headerOf(request, 'access-control-request-headers'));
        }
      }
      // The same for every origin, so that a shared cache may keep one copy.
      if (everybody) return toEverybody;
      if (origin === undefined || !isAllowed(origin)) return toNobody;
      return {
        headers: [shared, line(['Access-Control-Allow-Origin', origin]), ...withCredentials, ...readable],
      };
    },
  });
}

/** Browsers ask for these only with unusual values, for which `Access-Control-Allow-Headers` must name them. */
const safelisted = ['accept', 'accept-language', 'content-language'];

function line(pair: HeaderLine): HeaderLine {
  return Object.freeze(pair);
}
