/** One contender in a process of its own: receives files as it is told, and reports the CPU time of each and its peak memory. */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import { diskStore } from '../../lib/upload/disk/index.ts';
import { type NodeUpload, uploads } from '../../lib/upload/index.ts';

export type ContenderName = 'bulwark' | 'busboy';

/** What a contender tells after each file. */
export interface Round {
  readonly bytes: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

const boundary = '----bench-boundary-1234567890';
const contentType = `multipart/form-data; boundary=${boundary}`;
/** A PNG whose pixels are the rest of the file. */
const pngStart = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex'),
  Buffer.from('1f15c489', 'hex'),
  Buffer.from('40000000', 'hex'),
  Buffer.from('IDAT'),
]);
const chunk = Buffer.alloc(65_536, Buffer.from(Array.from({ length: 251 }, (_, i) => (i * 7919) % 251)));

/** A request with one file, as `node:http` gives it. Its chunks are made while they are read. */
function requestOf(bytes: number): NodeUpload {
  let left = bytes - pngStart.length;
  let begun = false;
  const body = new Readable({
    highWaterMark: 65_536,
    read() {
      if (!begun) {
        begun = true;
        const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="large.png"\r\nContent-Type: image/png\r\n\r\n`;
        this.push(Buffer.concat([Buffer.from(head), pngStart]));
      } else if (left > 0) {
        const size = Math.min(left, chunk.length);
        left -= size;
        // A copy, as each chunk of a socket is memory of its own.
        this.push(Buffer.from(chunk.subarray(0, size)));
      } else if (left === 0) {
        left = -1;
        this.push(`\r\n--${boundary}--\r\n`);
      } else {
        this.push(null);
      }
    },
  });
  return Object.assign(body, { method: 'POST', url: '/', headers: { 'content-type': contentType } });
}

/** What came, and how to forget it. */
interface Kept {
  readonly bytes: number;
  readonly remove: () => Promise<void>;
}

type Receive = (request: NodeUpload) => Promise<Kept>;

const contenders: Readonly<Record<ContenderName, (folder: string) => Receive>> = {
  bulwark(folder) {
    const store = diskStore({ folder });
    const large = { types: ['image/png'], maxBytes: 2_000_000_000, required: true } as const;
    const guard = uploads({ store, files: { file: large }, allowOriginalImages: true });
    return async (request) => {
      const { files } = await guard.receive(request);
      return { bytes: files.file.bytes, remove: () => store.remove(files.file.id) };
    };
  },
  busboy(folder) {
    return async (request) => {
      const path = join(folder, 'file');
      let bytes = 0;
      let written: Promise<void> | undefined;
      const parser = new Busboy({ headers: { 'content-type': contentType } });
      parser.on('file', (_field, file) => {
        file.on('end', () => {
          bytes = (file as unknown as { bytesRead: number }).bytesRead;
        });
        written = pipeline(file, createWriteStream(path));
      });
      await pipeline(request, parser);
      await written;
      return { bytes, remove: () => rm(path) };
    };
  },
};

/** Serves rounds until the parent disconnects. */
export function serveRounds(name: ContenderName, parent: string = tmpdir()): void {
  const folder = mkdtempSync(join(parent, 'bulwark-bench-upload-'));
  const receive = contenders[name](folder);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.once('disconnect', () => process.exit());
  process.on('message', async (bytes: number) => {
    const before = process.cpuUsage();
    const { bytes: received, remove } = await receive(requestOf(bytes));
    const { user, system } = process.cpuUsage(before);
    await remove();
    const peakMb = process.resourceUsage().maxRSS / 1_024;
    process.send?.({ bytes: received, cpuMs: (user + system) / 1_000, peakMb } satisfies Round);
  });
  process.send?.('ready');
}
