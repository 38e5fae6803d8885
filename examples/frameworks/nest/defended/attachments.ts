import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uploads } from 'bulwark/upload';
import { diskStore } from 'bulwark/upload/disk';
import { imageRewriter } from 'bulwark/upload/image';

export const files = diskStore({ folder: mkdtempSync(join(tmpdir(), 'desk-')) });
export const papers = uploads({
  store: files,
  files: {
    file: { types: ['image/png', 'application/pdf', 'text/plain'], maxBytes: 5_000_000, required: true },
  },
  images: imageRewriter({ types: ['image/png'] }),
});
