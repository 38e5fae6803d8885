import { describe, expectTypeOf, it } from 'vitest';
import { type ReceivedFile, type UploadStore, uploads } from './index.ts';

declare const store: UploadStore;
declare const request: Request;

describe('the result of receive', () => {
  it('has each field as its policy says', async () => {
    const guard = uploads({
      store,
      files: {
        one: { types: ['image/png'] },
        sure: { types: ['image/png'], required: true },
        list: { types: ['image/png'], maxFiles: 3 },
      },
    });
    const { files, fields } = await guard.receive(request);
    expectTypeOf(files.one).toEqualTypeOf<ReceivedFile | undefined>();
    expectTypeOf(files.sure).toEqualTypeOf<ReceivedFile>();
    expectTypeOf(files.list).toEqualTypeOf<readonly ReceivedFile[]>();
    expectTypeOf(fields).toEqualTypeOf<URLSearchParams>();
    // @ts-expect-error: no such field
    files.other satisfies object;
  });

  it('needs types that are known', () => {
    // @ts-expect-error: an extension is no type
    uploads({ store, files: { one: { types: ['png'] } } });
  });
});
