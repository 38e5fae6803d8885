/** A server with an upload, written with one of three libraries, each with the same limits. Its parent attacks it. */

import { readdirSync, rmSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import formidable from 'formidable';
import multer from 'multer';
import { configureEvents } from '../../lib/event/index.ts';
import { isRefusal } from '../../lib/refusal/index.ts';
import { diskStore } from '../../lib/upload/disk/index.ts';
import { uploads } from '../../lib/upload/index.ts';

/** What the server tells its parent when it is asked. */
export interface ServerReport {
  /** Files in its folder that no answer has acknowledged. */
  readonly left: number;
  readonly peakMb: number;
}

const limits = { fileBytes: 100_000, files: 2, fields: 20 };
type Receive = (req: IncomingMessage, res: ServerResponse) => Promise<number>;

const libraries: Readonly<Record<string, (folder: string) => Receive>> = {
  bulwark(folder) {
    const store = diskStore({ folder });
    const guard = uploads({
      store,
      files: { file: { types: ['image/png'], maxFiles: limits.files, maxBytes: limits.fileBytes } },
      maxFields: limits.fields,
      idleTimeoutMs: 500,
      allowOriginalImages: true,
    });
    return async (req) => {
      try {
        const { files } = await guard.receive(req);
        for (const { id } of files.file) await store.remove(id);
        return 200;
      } catch (error) {
        if (isRefusal(error)) return error.status;
        throw error;
      }
    };
  },
  multer(dest) {
    const { fileBytes: fileSize, files, fields } = limits;
    const handle = multer({ dest, limits: { fileSize, files, fields } }).any();
    return (req, res) =>
      new Promise((resolve) => {
        handle(req as never, res as never, (error?: unknown) => {
          const stored = (req as { files?: { path: string }[] }).files ?? [];
          if (error === undefined) for (const { path } of stored) rmSync(path);
          resolve(error === undefined ? 200 : 400);
        });
      });
  },
  formidable(uploadDir) {
    const { fileBytes: maxFileSize, files: maxFiles, fields: maxFields } = limits;
    return async (req) => {
      try {
        const form = formidable({
          uploadDir,
          maxFileSize,
          maxFiles,
          maxFields,
          allowEmptyFiles: true,
          minFileSize: 0,
        });
        const [, files] = await form.parse(req);
        for (const { filepath } of Object.values(files).flatMap((list) => list ?? [])) rmSync(filepath);
        return 200;
      } catch {
        return 400;
      }
    };
  },
};

const [name, folder] = process.argv.slice(2);
if (name !== undefined && folder !== undefined) serve(libraries[name]?.(folder) as Receive, folder);

function serve(receive: Receive, uploadFolder: string): void {
  configureEvents({ sinks: [] });
  const server = createServer((req, res) => {
    receive(req, res).then(
      (status) => res.destroyed || res.writeHead(status).end(),
      () => res.destroyed || res.writeHead(500).end(),
    );
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.on('message', () => {
    process.send?.({
      left: filesIn(uploadFolder),
      peakMb: process.resourceUsage().maxRSS / 1_024,
    } satisfies ServerReport);
  });
  process.once('disconnect', () => process.exit());
}

/** Files, but for the one in which a store notes whose it is. */
function filesIn(uploadFolder: string): number {
  const paths = readdirSync(uploadFolder, { recursive: true, encoding: 'utf8' });
  const all = paths.filter((path) => statSync(join(uploadFolder, path)).isFile());
  return name === 'bulwark' ? all.filter((path) => /(?:^|\/)data(?:\.new)?$/.test(path)).length : all.length;
}
