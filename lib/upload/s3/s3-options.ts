import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { isSecret, type Secret } from '../../secrets/secret.ts';
import { wholeNumber } from '../whole-number.ts';

/** The part of the standard `fetch` that is used. */
export type S3Fetch = (url: string, init: RequestInit & { readonly duplex?: 'half' }) => Promise<Response>;

export interface S3StoreOptions {
  /** The service's address, such as `https://s3.eu-central-1.amazonaws.com`. The bucket becomes part of the path. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken?: Secret;
  /** The start of all keys. `uploads/` by default. */
  readonly prefix?: string;
  /**
   * A directory on this machine in which files are received, with the same rules as that of `diskStore`. It needs space for all uploads in
   * progress.
   */
  readonly spool: string;
  /** How many milliseconds to wait for a sign of life from the service. 30,000 by default. */
  readonly timeoutMs?: number;
  /** Sends the requests. By default, Node's own fetch: the endpoint is yours, and no part of it comes from users. */
  readonly fetch?: S3Fetch;
  /** Accepts `http:` for another machine. Files and answers then cross the network unencrypted. */
  readonly allowHttp?: boolean;
}

export interface S3Settings {
  /** Including the bucket, without a slash at the end. */
  readonly base: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken: Secret | undefined;
  readonly prefix: string;
  readonly timeoutMs: number;
  readonly fetch: S3Fetch;
}

/** @throws Misuse `bulwark/invalid-option` */
export function readS3Options(options: S3StoreOptions): S3Settings & { readonly spool: string | undefined } {
  const own = knownOptions(options, names);
  const bucket = text('bucket', own.bucket, /^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/, "the bucket's name");
  const prefix = own.prefix ?? 'uploads/';
  if (typeof prefix !== 'string' || !/^(?:[\w-]{1,100}\/){0,8}$/.test(prefix)) {
    throw wrong(
      "prefix takes names of letters, digits, - and _, each with a slash behind it, such as 'shop/uploads/'",
    );
  }
  const fetch = own.fetch ?? globalThis.fetch;
  if (typeof fetch !== 'function') throw wrong('fetch takes a function such as that of createFetch');
  return Object.freeze({
    base: `${readEndpoint(own.endpoint, own.allowHttp === true)}/${bucket}`,
    bucket,
    region: text('region', own.region, /^[a-z\d-]{1,64}$/, "the region's name, such as 'eu-central-1'"),
    accessKeyId: text('accessKeyId', own.accessKeyId, /^[\x21-\x7e]{1,256}$/, 'the id of the access key'),
    secretAccessKey: secret('secretAccessKey', own.secretAccessKey),
    sessionToken: own.sessionToken === undefined ? undefined : secret('sessionToken', own.sessionToken),
    prefix,
    timeoutMs: wholeNumber('timeoutMs', own.timeoutMs ?? 30_000, 1, 3_600_000),
    fetch: fetch as S3Fetch,
    spool: own.spool,
  });
}

const names = [
  ...(['endpoint', 'bucket', 'region', 'accessKeyId', 'secretAccessKey', 'sessionToken', 'prefix'] as const),
  ...(['spool', 'timeoutMs', 'fetch', 'allowHttp'] as const),
];

function readEndpoint(endpoint: unknown, allowHttp: boolean): string {
  const url = typeof endpoint === 'string' && URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  const isOrigin = url !== undefined && `${url.origin}/` === url.href;
  if (!isOrigin || !/^https?:$/.test(url.protocol)) {
    throw wrong("endpoint takes scheme and host alone, such as 'https://s3.eu-central-1.amazonaws.com'");
  }
  const isLocal = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol === 'http:' && !isLocal && !allowHttp) {
    throw wrong('endpoint is http: write https, or set allowHttp for a network of your own');
  }
  return url.origin;
}

function text(name: string, value: unknown, form: RegExp, what: string): string {
  if (typeof value === 'string' && form.test(value)) return value;
  throw wrong(`${name} takes ${what}`);
}

function secret(name: string, value: unknown): Secret {
  if (isSecret(value)) return value;
  throw wrong(`${name} takes a Secret, as secrets() of bulwark/secrets reads it`);
}

function wrong(what: string): Misuse {
  return new Misuse('bulwark/invalid-option', `${what}.`);
}
