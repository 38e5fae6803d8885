import { describe, expect, it } from 'vitest';
import { keyring } from '../secrets/keyring.ts';
import { passwords } from './index.ts';

const first = 't0rD6sUuZ3yJQm8cWl5xFvA2eHk9bNPi';
const second = 'X4mTz7QpRk1LsVw8NjYc3BhGd6FaUe0o';
const password = 'correct horse battery staple';

const plain = passwords();
const former = passwords({ keys: keyring(first) });
const rotated = passwords({ keys: keyring(second, first) });
const current = passwords({ keys: keyring(second) });

describe('a pepper', () => {
  it('is named by the hash, in the form of PHC strings', async () => {
    const stored = await former.hash(password);
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1,keyid=[A-Za-z0-9+/]{8}\$/);
    const [, id = ''] = /keyid=([^$]+)/.exec(stored) ?? [];
    expect(Buffer.from(id, 'base64').toString()).toBe(keyring(first).current('password-pepper').id);
    expect(await former.verify(password, stored)).toEqual({ ok: true });
    expect(await former.verify('something else', stored)).toEqual({ ok: false });
  });

  it('is part of the hash: the same text under another key, or under none, does not match', async () => {
    const stored = await former.hash(password);
    const unnamed = stored.replace(/,keyid=[^$]+/, '');
    expect(await former.verify(password, unnamed)).toEqual({ ok: false });
    expect(await plain.verify(password, unnamed)).toEqual({ ok: false });
  });

  it('is added to a hash that has none', async () => {
    const { ok, newHash } = await former.verify(password, await plain.hash(password));
    expect(ok).toBe(true);
    expect(await former.verify(password, newHash)).toEqual({ ok: true });
  });

  it('is replaced after a rotation', async () => {
    const { ok, newHash } = await rotated.verify(password, await former.hash(password));
    expect(ok).toBe(true);
    expect(await current.verify(password, newHash)).toEqual({ ok: true });
  });

  it('that is no longer in the keyring is an error, not a wrong password', async () => {
    for (const guard of [plain, current]) {
      await expect(guard.verify(password, await former.hash(password))).rejects.toThrow(
        expect.objectContaining({ code: 'password/unknown-pepper', status: 500 }),
      );
    }
  });
});
