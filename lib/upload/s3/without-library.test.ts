import { afterEach, expect, it, vi } from 'vitest';
import { leftIn } from '../../../checks/upload/store-files.ts';
import { temporaryFolder } from '../../../checks/upload/temporary-folder.ts';

afterEach(() => {
  vi.doUnmock('aws4fetch');
  vi.resetModules();
});

it('says what to install before anything is received', async () => {
  vi.resetModules();
  vi.doMock('aws4fetch', () => {
    throw Object.assign(new Error("Cannot find package 'aws4fetch'"), { code: 'ERR_MODULE_NOT_FOUND' });
  });
  const { s3Store } = await import('./index.ts');
  const { Secret } = await import('../../secrets/secret.ts');
  const spool = temporaryFolder();
  const store = s3Store({
    endpoint: 'http://127.0.0.1:9',
    bucket: 'uploads',
    region: 'us-east-1',
    accessKeyId: 'a',
    secretAccessKey: new Secret('a'),
    spool,
  });
  await expect(store.begin()).rejects.toMatchObject({
    name: 'Misuse',
    code: 'upload/library-missing',
    hint: 'Run `npm install aws4fetch`.',
  });
  expect(leftIn(spool)).toEqual([]);
});
