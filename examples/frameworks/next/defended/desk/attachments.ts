import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uploads } from 'bulwark/upload';
import { diskStore } from 'bulwark/upload/disk';
import { once } from './once';

export const files = once('files', () => diskStore({ folder: mkdtempSync(join(tmpdir(), 'desk-')) }));
export const papers = uploads({
  store: files,
  files: {
    file: { types: ['image/png', 'application/pdf', 'text/plain'], maxBytes: 5_000_000, required: true },
  },
  allowOriginalImages: true, // next build can't bundle bulwark/upload/image
});
