import { describe, expect, it } from 'vitest';
import { signWebhook, verifyWebhook } from './webhook-signature.ts';

// The example of the reference implementation in the specification's repository.
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' };
const seconds = 1_614_265_330;
const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
const now = seconds * 1_000;
const other = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;

const headers = (more: Record<string, string> = {}): Headers =>
  new Headers({ ...signWebhook(message, [secret], seconds), ...more });
const verified = (given: Headers, body = message.body, at = now): string | undefined =>
  verifyWebhook(given, body, [secret], { now: at });

describe('a signature', () => {
  it('is the one of the reference implementation', () => {
    expect(signWebhook(message, [secret], seconds)).toEqual({
      'webhook-id': message.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': signature,
    });
    expect(verified(headers())).toBe(message.id);
  });

  it('is one of several while secrets change, on either side', () => {
    const both = new Headers({ ...signWebhook(message, [other, secret], seconds) });
    expect(verified(both)).toBe(message.id);
    expect(verifyWebhook(both, message.body, [other], { now })).toBe(message.id);
    expect(verifyWebhook(headers(), message.body, [other, secret], { now })).toBe(message.id);
    expect(verifyWebhook(headers(), message.body, [other], { now })).toBeUndefined();
    expect(verified(headers({ 'webhook-signature': `v2,AAAA v1a,BBBB ${signature} junk` }))).toBe(message.id);
  });

  it('is of the body, the id and the time', () => {
    expect(verified(headers(), '{"test":2432232314}')).toBeUndefined();
    expect(verified(headers({ 'webhook-id': 'msg_other' }))).toBeUndefined();
    expect(verified(headers({ 'webhook-timestamp': String(seconds + 1) }))).toBeUndefined();
  });

  it('is good for five minutes, backwards and forwards', () => {
    for (const off of [0, 300_000, -300_000])
      expect(verified(headers(), message.body, now + off)).toBe(message.id);
    for (const off of [300_001, -300_001])
      expect(verified(headers(), message.body, now + off)).toBeUndefined();
  });

  it.each([
    ['webhook-signature', ''],
    ['webhook-signature', 'v1,'],
    ['webhook-signature', 'v1,g0hM9SsE'],
    ['webhook-signature', signature.slice(3)],
    ['webhook-signature', signature.replace('v1', 'v1a')],
    ['webhook-signature', `${'v1,AAAA '.repeat(10)}${signature}`],
    ['webhook-timestamp', ''],
    ['webhook-timestamp', 'hello'],
    ['webhook-timestamp', '1.6e9'],
    ['webhook-id', ''],
    ['webhook-id', 'a.b'],
  ])('is none where %s is "%s"', (name, value) => {
    expect(verified(headers({ [name]: value }))).toBeUndefined();
  });

  it('takes secrets of 24 to 64 bytes, in one form', () => {
    const of = (bytes: number): string => `whsec_${Buffer.alloc(bytes, 9).toString('base64')}`;
    for (const bytes of [24, 25, 26, 32, 64])
      expect(() => signWebhook(message, [of(bytes)], 1)).not.toThrow();
    for (const bad of [
      of(23),
      of(65),
      of(0),
      'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      'whsec_***',
      `${secret}!`,
    ]) {
      expect(() => signWebhook(message, [bad], 1)).toThrow(TypeError);
    }
    expect(() => signWebhook({ ...message, id: 'a.1' }, [secret], 1)).toThrow(TypeError);
    expect(() => signWebhook(message, [secret], 1.5)).toThrow(TypeError);
  });
});
