import { describe, expect, it, vi } from 'vitest';
import { requestWith } from '../../checks/upload/form.ts';
import { avatar, uploadTest } from '../../checks/upload/upload-test.ts';

const { disk, guard } = uploadTest();

describe('without a library', () => {
  it.each(['@fastify/busboy', 'file-type'])('%s, the first request says what to install', async (library) => {
    vi.resetModules();
    vi.doMock(library, () => {
      throw Object.assign(new Error(`Cannot find package '${library}'`), { code: 'ERR_MODULE_NOT_FOUND' });
    });
    try {
      const { uploads } = await import('./index.ts');
      const fresh = uploads({
        store: disk().store,
        files: { avatar: { types: ['image/png'] } },
        allowOriginalImages: true,
      });
      await expect(fresh.receive(requestWith([avatar()]))).rejects.toMatchObject({
        name: 'Misuse',
        code: 'upload/library-missing',
        message: expect.stringContaining(library),
        hint: expect.stringContaining('npm install'),
      });
      expect(disk().left()).toEqual([]);
    } finally {
      vi.doUnmock(library);
      vi.resetModules();
    }
    expect((await guard().receive(requestWith([avatar()]))).files['avatar']).toBeDefined();
  });
});
