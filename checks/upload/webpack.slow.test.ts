import { describe, expect, it } from 'vitest';
import { bundleUploads } from './bundle/bundle-uploads.ts';
import { requestWith } from './form.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { avatar } from './upload-test.ts';

async function bundled(packages: 'installed' | 'absent') {
  const { diskStore, uploads } = await bundleUploads(temporaryFolder(), packages);
  return uploads({
    store: diskStore({ folder: temporaryFolder() }),
    files: { avatar: { types: ['image/png'] } },
    allowOriginalImages: true,
  });
}

describe('bulwark/upload in a bundle of webpack', () => {
  it('receives a file, where its packages are installed', async () => {
    const { files } = await (await bundled('installed')).receive(requestWith([avatar()]));
    expect(files['avatar']).toMatchObject({ type: 'image/png' });
  });

  it('says what to install, where they are not', async () => {
    await expect((await bundled('absent')).receive(requestWith([avatar()]))).rejects.toMatchObject({
      code: 'upload/library-missing',
      message: expect.stringContaining('@fastify/busboy'),
      cause: { message: 'The module is empty: it has no Dicer.' },
    });
  });
});
