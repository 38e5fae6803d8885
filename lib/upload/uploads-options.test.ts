import { describe, expect, it } from 'vitest';
import { uploadTest } from '../../checks/upload/upload-test.ts';

const { guard } = uploadTest();

describe('options', () => {
  it.each([
    [{ files: { avatar: {} } }, /needs types/],
    [{ files: { avatar: { types: ['png'] } } }, /Did you mean 'image\/png'/],
    [{ files: { avatar: { types: ['image/png'], allowAnyType: true } } }, /needs types, or allowAnyType/],
    [{ files: { avatar: { types: ['image/png'], maxByte: 1 } } }, /Did you mean maxBytes/],
    [{ files: [] }, /takes a record/],
    [{ maxFileBytes: 0 }, /maxFileBytes/],
    [{ timeoutMs: Number.NaN }, /timeoutMs/],
    [{ store: {} }, /takes a store/],
    [{ scan: () => true }, /takes a scanner/],
    [{ images: {} }, /imageRewriter/],
    [{ allowOriginalImages: 'yes' }, /true or false/],
  ])('%j is a mistake', (options, message) => {
    expect(() => guard({}, options as never)).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option', message: expect.stringMatching(message) }),
    );
  });
});
