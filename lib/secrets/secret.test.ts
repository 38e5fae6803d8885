import { inspect } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { describe, expect, it, vi } from 'vitest';
import { isSecret, Secret } from './secret.ts';

const value = 'b6V0rj7nqYwE5tq0';
const secret = new Secret(value);

describe('a Secret', () => {
  it('reveals its value on request', () => {
    expect(secret.reveal()).toBe(value);
    expect(new Secret('').reveal()).toBe('');
  });

  it('prints as [redacted] in strings', () => {
    const printed = [
      `${secret}`,
      String(secret),
      `key: ${secret}`.slice(5),
      secret.toString(),
      [secret].join(),
    ];
    expect(new Set(printed)).toEqual(new Set(['[redacted]']));
    expect(secret.toLocaleString()).toBe('[redacted]');
    expect(Number(secret)).toBeNaN();
    expect(JSON.stringify({ secret, list: [secret] })).toBe('{"secret":"[redacted]","list":["[redacted]"]}');
  });

  it('is shown by no form of util.inspect', () => {
    class Service {
      readonly key = secret;
      readonly #hidden = secret;
      use(): string {
        return this.#hidden.reveal();
      }
    }
    expect(new Service().use()).toBe(value);
    const nested = [
      secret,
      { a: { b: [secret] } },
      new Map([[secret, secret]]),
      new Set([secret]),
      new Service(),
    ];
    const error = new Error(`failed with ${secret}`, { cause: secret });
    for (const shown of [
      ...nested,
      error,
      Object.assign(new Error('x'), { secret }),
      new Proxy(secret, {}),
    ]) {
      for (const options of [
        {},
        { showHidden: true },
        { customInspect: false },
        { getters: true },
        { showProxy: true },
      ]) {
        const text = inspect(shown, { depth: 9, ...options });
        expect(text).not.toContain(value);
        expect(text).toMatch(/redacted|Secret/);
      }
    }
  });

  it('is in no table of the console', () => {
    const lines: unknown[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((...parts) => void lines.push(...parts));
    console.table([{ secret }]);
    console.table(secret);
    log.mockRestore();
    expect(lines.join('\n')).toContain('redacted');
    expect(lines.join('\n')).not.toContain(value);
  });

  it('has no property that holds the value', () => {
    expect(Object.entries(secret)).toEqual([]);
    expect(Reflect.ownKeys(secret)).toEqual([]);
    expect({ ...secret }).toEqual({});
    expect(Object.assign({}, secret)).toEqual({});
    expect(() => Object.assign(secret, { reveal: () => 'mine' })).toThrow(TypeError);
  });

  it('leaks none of its bytes into a clone, a serialisation or another thread', () => {
    expect(Reflect.ownKeys(structuredClone({ secret }).secret)).toEqual([]);
    const bytes = serialize({ secret, list: new Map([[1, secret]]) });
    expect(bytes.includes(value)).toBe(false);
    expect(bytes.includes(Buffer.from(value, 'utf16le'))).toBe(false);
    expect(Object.keys(deserialize(bytes).secret)).toEqual([]);
    const { port1, port2 } = new MessageChannel();
    port1.postMessage({ secret });
    expect(inspect(receiveMessageOnPort(port2), { showHidden: true, depth: 9 })).not.toContain(value);
    port1.close();
    // The twin: a string goes through, so that the test would see one.
    expect(serialize({ value }).includes(value)).toBe(true);
  });

  it('is compared by equals, because everyone knows its printed form', () => {
    expect(secret.equals(value)).toBe(true);
    for (const other of [
      '[redacted]',
      '',
      value.slice(1),
      `${value}a`,
      value.toLowerCase(),
      secret,
      undefined,
    ]) {
      expect(secret.equals(other as string)).toBe(false);
    }
    expect(new Secret('').equals('')).toBe(true);
    expect(new Secret('\ud83d\ude00').equals('\u{1f600}')).toBe(true);
  });

  it('cannot be made of anything but a string, and the error does not contain it', () => {
    for (const wrong of [undefined, null, 7, [value], { value }, Buffer.from(value)]) {
      const error = expect.objectContaining({ code: 'bulwark/invalid-option' });
      expect(() => new Secret(wrong as never)).toThrow(error);
      expect(() => new Secret(wrong as never)).toThrow(/new Secret takes a string\.$/);
    }
  });

  it('is distinguished from a look-alike', () => {
    expect(isSecret(secret)).toBe(true);
    expect(isSecret(structuredClone(secret))).toBe(false);
    expect(isSecret(JSON.parse('{"reveal":"x"}'))).toBe(false);
    expect(isSecret(Object.create(Secret.prototype))).toBe(false);
    expect(isSecret(new Proxy(secret, {}))).toBe(false);
    expect(isSecret(value)).toBe(false);
    expect(isSecret(null)).toBe(false);
  });

  it('of another copy of bulwark is one too', async () => {
    const copy = await import(`${'./secret.ts'}?copy`);
    expect(copy.Secret).not.toBe(Secret);
    expect(isSecret(new copy.Secret(value))).toBe(true);
  });
});
