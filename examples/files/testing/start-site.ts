import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Site {
  readonly base: string;
  /** A request of a page of the site itself, by a user whom the proxy has logged in. */
  as(user: string, path: string, init?: RequestInit): Promise<Response>;
  /** Sends a form with one file. */
  upload(
    user: string,
    path: string,
    field: string,
    name: string,
    content: Uint8Array | string,
  ): Promise<Response>;
  /** Every file that the site keeps, and what lies beside its folder. */
  files(): Promise<string[]>;
  close(): Promise<void>;
}

/** Starts one of the two applications on an empty folder, with the proxy that logs users in left out. */
export async function startSite(load: () => Promise<{ readonly server: Server }>): Promise<Site> {
  const around = await mkdtemp(join(tmpdir(), 'bulwark-example-files-'));
  await mkdir(join(around, 'data'));
  Object.assign(process.env, {
    DATA_FOLDER: join(around, 'data'),
    ORIGIN: 'https://shop.example.com',
    PORT: '0',
  });
  const { server } = await load();
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function as(user: string, path: string, { headers, ...init }: RequestInit = {}): Promise<Response> {
    const own = { 'x-user': user, 'sec-fetch-site': 'same-origin', ...(headers as object) };
    return fetch(base + path, { ...init, headers: own });
  }

  return {
    base,
    as,
    upload(user, path, field, name, content) {
      const body = new FormData();
      body.set(field, new Blob([Buffer.from(content)], { type: 'image/png' }), name);
      return as(user, path, { method: 'POST', body });
    },
    async files() {
      const entries = await readdir(around, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => !entry.isDirectory() && entry.name !== 'alive')
        .map((entry) => join(entry.parentPath, entry.name).slice(around.length))
        .sort();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(around, { recursive: true });
    },
  };
}
