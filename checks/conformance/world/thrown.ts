import { refusalOf } from '../../../lib/internal/refuse.ts';
import { deny } from '../../../lib/refusal/decision.ts';
import { Misuse } from '../../../lib/refusal/misuse.ts';

/** No answer may have this text in it. */
export const secret = 'hunter2';

const refuseToBeRead = (): never => {
  throw new Error(secret);
};

let refusals = 0;

const values: Readonly<Record<string, () => unknown>> = {
  error: () => new Error(secret),
  null: () => null,
  undefined: () => undefined,
  string: () => secret,
  number: () => 404,
  boolean: () => false,
  symbol: () => Symbol(secret),
  object: () => ({ message: secret, status: 200, statusCode: 204, body: secret }),
  array: () => [secret],
  function: () => () => secret,
  'null-prototype': () => Object.assign(Object.create(null), { message: secret }),
  proxy: () =>
    new Proxy(new Error(secret), {
      get: refuseToBeRead,
      has: refuseToBeRead,
      getPrototypeOf: refuseToBeRead,
      ownKeys: refuseToBeRead,
      getOwnPropertyDescriptor: refuseToBeRead,
    }),
  getters: () =>
    Object.defineProperties(new Error(secret), {
      status: { get: refuseToBeRead },
      message: { get: refuseToBeRead },
      stack: { get: refuseToBeRead },
    }),
  frozen: () => Object.freeze(new Error(secret)),
  cyclic: () => {
    const error = new Error(secret);
    return Object.assign(error, { cause: error });
  },
  /** What `http-errors` makes. */
  'status-409': () => Object.assign(new Error(secret), { status: 409, statusCode: 409, expose: true }),
  'status-unexposed': () => Object.assign(new Error(secret), { status: 404, statusCode: 404 }),
  'status-502-exposed': () =>
    Object.assign(new Error(secret), { status: 502, statusCode: 502, expose: true }),
  'status-200': () => Object.assign(new Error(secret), { status: 200, statusCode: 200, expose: true }),
  'status-text': () => Object.assign(new Error(secret), { status: '404', statusCode: '404', expose: true }),
  'status-99999': () =>
    Object.assign(new Error(secret), { status: 99_999, statusCode: 99_999, expose: true }),
  'with-headers': () =>
    Object.assign(new Error(secret), {
      ...{ status: 401, statusCode: 401, expose: true },
      headers: { 'WWW-Authenticate': 'Basic realm="shop"', 'X-Secret': secret },
    }),
  /** Each of another host, since identical events are counted and not repeated. */
  refusal: () =>
    refusalOf(
      deny('fetch/private-address', { host: `h${refusals++}`, address: '10.0.0.5', rule: '10.0.0.0/8' }),
    ),
  'wrapped-refusal': () => new TypeError('fetch failed', { cause: values['refusal']?.() }),
  misuse: () => new Misuse('bulwark/invalid-option', secret),
  abort: () => new DOMException(secret, 'AbortError'),
  uri: () => new URIError(secret),
};

/** What a handler may throw, by name. */
export function thrown(what: string): unknown {
  const make = Object.hasOwn(values, what) ? values[what] : undefined;
  if (make === undefined) throw new Error(`There is no value ${what}.`);
  return make();
}

export const thrownNames: readonly string[] = Object.keys(values);
