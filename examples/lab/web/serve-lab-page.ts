import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { behindToken, maxHeaderSize } from '../run/behind-token.ts';
import type { RunProgress } from '../run/run-progress.ts';
import type { Controls } from './controls.ts';
import { labPage } from './lab-page.ts';

export interface LabPage {
  /** With the token, and a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the page on 127.0.0.1, behind a token of its own. */
export async function serveLabPage(controls: Controls, run: RunProgress): Promise<LabPage> {
  const token = randomBytes(12).toString('base64url');
  const server = createServer({ maxHeaderSize }, behindToken(token, labPage(token, controls, run)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/${token}/`,
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
