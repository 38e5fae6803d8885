import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Whether a request is signed by this key: AWS Signature Version 4, from its documentation ("Create a signed AWS API request"), as s3rver
 * does not check it. Keys have no characters that would need encoding, and there is no query.
 */
export function isSigned(req: IncomingMessage, secret: string): boolean {
  const form =
    /^AWS4-HMAC-SHA256 Credential=[^/]+\/(\d{8})\/([^/]+)\/(s3)\/aws4_request, SignedHeaders=([a-z\d;-]+), Signature=([a-f\d]{64})$/;
  const [, day = '', region = '', service = '', names = '', signature] =
    form.exec(req.headers.authorization ?? '') ?? [];
  const signed = names.split(';');
  const needed = ['host', 'x-amz-date', 'x-amz-content-sha256'];
  if (!needed.every((name) => signed.includes(name))) return false;
  const canonical = [
    req.method,
    req.url,
    '',
    ...signed.map((name) => `${name}:${String(req.headers[name] ?? '').trim()}`),
    '',
    names,
    req.headers['x-amz-content-sha256'],
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const hash = createHash('sha256').update(canonical).digest('hex');
  const text = ['AWS4-HMAC-SHA256', req.headers['x-amz-date'], scope, hash].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    (last, part) => createHmac('sha256', last).update(part).digest(),
    `AWS4${secret}`,
  );
  return createHmac('sha256', key).update(text).digest('hex') === signature;
}
