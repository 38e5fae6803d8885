import { describe, expect, it } from 'vitest';
import { inside } from '../../path/index.ts';
import { fileTypes } from '../../upload/types/file-types.ts';
import { image, imageCoders, media, mediaDemuxers } from './typed-file.ts';

const file = inside('/srv', 'a');
const misuse = expect.objectContaining({ code: 'bulwark/invalid-option' });

describe('the type of a file', () => {
  it.for(Object.keys(imageCoders))('image accepts %s, also as a string', (type) =>
    expect(image(type, file)).toMatchObject({ type }),
  );

  it('has a name that uploads give, for each program', () => {
    const older = ['video/x-matroska', 'video/x-msvideo'];
    for (const type of [...Object.keys(imageCoders), ...Object.keys(mediaDemuxers)]) {
      if (!older.includes(type)) expect(fileTypes.has(type), type).toBe(true);
    }
    for (const type of ['video/matroska', 'video/vnd.avi', 'audio/webm']) {
      expect(media(type, file)).toMatchObject({ type });
    }
  });

  it.for(['', 'image/svg+xml', 'msl', 'image/PNG', 'image/png ', 'constructor', '__proto__', 'text/plain'])(
    'image and media refuse %j',
    (type) => {
      expect(() => image(type, file)).toThrow(misuse);
      expect(() => media(type, file)).toThrow(misuse);
    },
  );

  it('names the wrong type, and those that are accepted', () => {
    expect(() => image('image/svg+xml', file)).toThrow(/"image\/svg\+xml", but must be one of image\/png/);
    expect(() => image(undefined as never, file)).toThrow(/The type is undefined, /);
  });
});
