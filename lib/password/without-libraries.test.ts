import { hash as bcrypt } from '@node-rs/bcrypt';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SecurityEvent } from '../event/security-event.ts';

/** A fresh copy of the guard, in a process where neither package is installed and Node has no argon2 of its own. */
async function withoutLibraries(): Promise<{
  readonly guard: import('./index.ts').Passwords;
  readonly events: () => Promise<SecurityEvent[]>;
}> {
  vi.resetModules();
  for (const name of ['@node-rs/argon2', '@node-rs/bcrypt']) {
    vi.doMock(name, () => {
      throw Object.assign(new Error(`Cannot find package '${name}'`), { code: 'ERR_MODULE_NOT_FOUND' });
    });
  }
  vi.doMock('./algorithm/built-in-argon2.ts', () => ({ builtInArgon2: () => undefined }));
  const { configureEvents } = await import('../event/record.ts');
  const { passwords } = await import('./index.ts');
  const events: SecurityEvent[] = [];
  const recorder = configureEvents({
    sinks: [{ name: 'test', write: async (batch) => void events.push(...batch) }],
  });
  const written = async (): Promise<SecurityEvent[]> => {
    await recorder.flush();
    return events;
  };
  return { guard: passwords(), events: written };
}

let argon2id = '';
beforeEach(async () => {
  argon2id = await (await import('./index.ts')).passwords().hash('correct horse');
});
afterEach(() => {
  vi.doUnmock('@node-rs/argon2');
  vi.doUnmock('@node-rs/bcrypt');
  vi.doUnmock('./algorithm/built-in-argon2.ts');
  vi.resetModules();
});

describe('without @node-rs/argon2', () => {
  it('hashes with scrypt, and says so once', async () => {
    const { guard, events } = await withoutLibraries();
    const stored = await guard.hash('correct horse');
    expect(stored).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await guard.verify('correct horse', stored)).toEqual({ ok: true });
    expect(await guard.verify('correct house', stored)).toEqual({ ok: false });
    expect(await guard.verify('correct house', undefined)).toEqual({ ok: false });
    const told = (await events()).filter(({ code }) => code === 'password/no-argon2');
    expect(told.map(({ count }) => count)).toEqual([1]);
  }, 30_000);

  it('is replaced once argon2 is there', async () => {
    const { guard } = await withoutLibraries();
    const stored = await guard.hash('correct horse');
    vi.doUnmock('@node-rs/argon2');
    vi.resetModules();
    const { passwords } = await import('./index.ts');
    expect((await passwords().verify('correct horse', stored)).newHash).toMatch(/^\$argon2id\$/);
  }, 30_000);

  it('says what to install to verify the hashes that there are', async () => {
    const { guard } = await withoutLibraries();
    for (const [stored, name] of [
      [argon2id, '@node-rs/argon2'],
      [await bcrypt('correct horse', { cost: 4 }), '@node-rs/bcrypt'],
    ] as const) {
      await expect(guard.verify('correct horse', stored)).rejects.toThrow(
        expect.objectContaining({ code: 'password/library-missing', message: expect.stringContaining(name) }),
      );
    }
  }, 30_000);
});
