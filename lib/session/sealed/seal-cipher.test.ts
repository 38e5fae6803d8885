import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CipherParts, decrypt, decryptByWebCrypto, encrypt, encryptByWebCrypto } from './seal-cipher.ts';

const parts: CipherParts = {
  key: new Uint8Array(32).fill(7),
  salt: new Uint8Array(24).fill(1),
  additional: new TextEncoder().encode('["session"]'),
};

it('encrypts with node:crypto and with WebCrypto to the same bytes', async () => {
  const bytes = fc.uint8Array({ maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(
      bytes,
      bytes,
      fc.uint8Array({ minLength: 24, maxLength: 24 }),
      async (text, more, salt) => {
        const given = { ...parts, salt, additional: Uint8Array.from(more) };
        const encrypted = await encrypt(text, given);
        expect(await encryptByWebCrypto(text, given)).toEqual(encrypted);
        expect(await decrypt(encrypted, given)).toEqual(text);
        expect(await decryptByWebCrypto(encrypted, given)).toEqual(text);
      },
    ),
    { numRuns: 100 },
  );
});

it.each([
  ['node:crypto', decrypt],
  ['WebCrypto', decryptByWebCrypto],
])('%s decrypts nothing that was changed or cut, and nothing with a shorter tag', async (_name, open) => {
  const encrypted = await encrypt(new TextEncoder().encode('{"user":"ann"}'), parts);
  for (let bit = 0; bit < encrypted.length * 8; bit++) {
    const changed = Uint8Array.from(encrypted);
    changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
    await expect(open(changed, parts)).rejects.toThrow();
  }
  for (let length = 0; length < encrypted.length; length++) {
    await expect(open(encrypted.slice(0, length), parts)).rejects.toThrow();
  }
  await expect(open(encrypted, { ...parts, additional: new Uint8Array(1) })).rejects.toThrow();
});
