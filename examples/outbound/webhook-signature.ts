import { createHmac, timingSafeEqual } from 'node:crypto';

/** One message as it is sent. */
export interface WebhookMessage {
  /** The same for every attempt: receivers know by it what they have had. Letters, digits, `_` and `-`, at most 64. */
  readonly id: string;
  /** The very bytes of the body, as UTF-8: a JSON text that is parsed and written again is another one. */
  readonly body: string;
}

export interface WebhookHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/**
 * Signs an attempt as Standard Webhooks 1.0.0 has it: HMAC-SHA256 of `id.timestamp.body`, a signature for each secret, so
 * that a secret can be changed while both sides still know the old one.
 *
 * @param secrets `whsec_` and 24 to 64 bytes in base64; one endpoint's own, shared with no other
 * @param seconds the time of this attempt, since 1970
 * @throws {TypeError} for a secret, an id or a time of another shape
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signWebhook(
  { id, body }: WebhookMessage,
  secrets: readonly string[],
  seconds: number,
): WebhookHeaders {
  // A dot in the id would let one message be read as another.
  if (!/^[\w-]{1,64}$/.test(id)) throw new TypeError('A webhook id has 1 to 64 letters, digits, _ and -.');
  if (!Number.isSafeInteger(seconds) || seconds < 0)
    throw new TypeError('A webhook timestamp is in whole seconds.');
  if (secrets.length === 0) throw new TypeError('A webhook is signed with at least one secret.');
  const signatures = secrets.map(
    (secret) => `v1,${macOf(`${id}.${seconds}.${body}`, secret).toString('base64')}`,
  );
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures.join(' '),
  };
}

export interface VerifyOptions {
  /** How old, or how far ahead, an attempt may be, in seconds. 300 by default. */
  readonly toleranceSeconds?: number;
  /** The time now, in milliseconds since 1970. */
  readonly now?: number;
}

/**
 * The receiver's side: the message's id where one of the signatures is by one of the secrets and the attempt is recent;
 * undefined otherwise. Remember the id for as long as the tolerance: the same message may come again.
 *
 * @param body as it came, before anything parses it
 */
export function verifyWebhook(
  headers: Headers,
  body: string,
  secrets: readonly string[],
  { toleranceSeconds = 300, now = Date.now() }: VerifyOptions = {},
): string | undefined {
  const id = headers.get('webhook-id') ?? '';
  const timestamp = headers.get('webhook-timestamp') ?? '';
  if (!/^[\w-]{1,64}$/.test(id) || !/^\d{1,12}$/.test(timestamp)) return undefined;
  if (Math.abs(now / 1_000 - Number(timestamp)) > toleranceSeconds) return undefined;
  const given = signaturesIn(headers.get('webhook-signature') ?? '');
  const wanted = secrets.map((secret) => macOf(`${id}.${timestamp}.${body}`, secret));
  return wanted.some((mac) => given.some((signature) => timingSafeEqual(mac, signature))) ? id : undefined;
}

/** Those of version 1; others (v1a is Ed25519) are somebody else's to check. Each costs a comparison, so ten count. */
function signaturesIn(header: string): Buffer[] {
  return header
    .split(' ', 10)
    .map((entry) => /^v1,([A-Za-z0-9+/]{43}=)$/.exec(entry)?.[1])
    .filter((text) => text !== undefined)
    .map((text) => Buffer.from(text, 'base64'));
}

function macOf(content: string, secret: string): Buffer {
  const encoded = /^whsec_([A-Za-z0-9+/]{32,86}={0,2})$/.exec(secret)?.[1];
  const key = Buffer.from(encoded ?? '', 'base64');
  // The secret is not shown: errors go to logs.
  if (key.length < 24 || key.length > 64)
    throw new TypeError('A webhook secret is whsec_ and 24 to 64 bytes in base64.');
  return createHmac('sha256', key).update(content).digest();
}
