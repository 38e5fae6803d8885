/**
 * Records the bodies that clients on this machine send for one form, into recorded-bodies.ts.
 *
 * npx tsx checks/upload/write-recorded-bodies.ts
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { launchChromium } from '../machine/chromium.ts';

interface Sent {
  readonly contentType: string;
  readonly body: string;
}

const start = `/**
 * One form as clients sent it: a title, a picture, and in Chromium's form a file input where nothing was chosen. Recorded on Debian 13 in
 * December 2026 with write-recorded-bodies.ts.
 */
export interface RecordedBody {
  readonly client: string;
  readonly contentType: string;
  /** In base64. */
  readonly body: string;
}

export const recordedBodies: readonly RecordedBody[] = [
`;
const run = promisify(execFile);
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const title = 'Zo\u00eb & "friends"';
const fileName = 'b\u00e4r "1".png';
const folder = mkdtempSync(join(tmpdir(), 'bulwark-record-'));
const path = join(folder, fileName);
let last: Sent | undefined;

const server = createServer(async (req, res) => {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  if (req.method === 'POST') {
    last = {
      contentType: String(req.headers['content-type']),
      body: Buffer.concat(chunks).toString('base64'),
    };
  }
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.end(
    '<form method="post" enctype="multipart/form-data"><input name="title"><input type="file" name="file"><input type="file" name="empty"></form>',
  );
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

const python = `
import requests, sys
requests.post(sys.argv[1], data={"title": sys.argv[2]}, files={"file": open(sys.argv[3], "rb")})
`;
const clients: Readonly<Record<string, () => Promise<unknown>>> = {
  curl: () =>
    run('/usr/bin/curl', [
      '-sS',
      '-F',
      `title=${title}`,
      '-F',
      `file=@"${path.replaceAll('"', '\\"')}"`,
      url,
    ]),
  'curl --form-escape': () =>
    run('/usr/bin/curl', [
      '-sS',
      '--form-escape',
      '-F',
      `title=${title}`,
      '-F',
      `file=@"${path.replaceAll('"', '\\"')}";type=image/png`,
      url,
    ]),
  'requests of Python': () => run('/usr/bin/python3', ['-c', python, url, title, path]),
  'fetch of Node': () => {
    const form = new FormData();
    form.append('title', title);
    form.append('file', new Blob([png], { type: 'image/png' }), fileName);
    return fetch(url, { method: 'POST', body: form });
  },
};

try {
  writeFileSync(path, png);
  const recorded: Record<string, Sent> = {};
  const record = async (name: string, send: () => Promise<unknown>): Promise<void> => {
    last = undefined;
    await send();
    if (last === undefined) throw new Error(`${name} sent no body.`);
    recorded[name] = last;
  };
  for (const [name, send] of Object.entries(clients)) await record(name, send);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page.fill('[name=title]', title);
    await page.setInputFiles('[name=file]', path);
    await record('a form of Chromium', async () => {
      const answered = page.waitForResponse((response) => response.request().method() === 'POST');
      await page.evaluate('document.forms[0].submit()');
      await answered;
    });
    await page.goto(url);
    const bytes = JSON.stringify([...png]);
    await record('fetch of Chromium, a blob', () =>
      page.evaluate(`(() => {
        const form = new FormData();
        form.append('title', ${JSON.stringify(title)});
        form.append('file', new Blob([new Uint8Array(${bytes})], { type: 'image/png' }));
        return fetch('/', { method: 'POST', body: form }).then((response) => response.text());
      })()`),
    );
  } finally {
    await browser.close();
  }
  const out = fileURLToPath(new URL('./recorded-bodies.ts', import.meta.url));
  const rows = Object.entries(recorded).map(
    ([client, { contentType, body }]) =>
      `  { client: ${JSON.stringify(client)}, contentType: ${JSON.stringify(contentType)}, body: '${body}' },`,
  );
  writeFileSync(out, `${start}${rows.join('\n')}\n];\n`);
} finally {
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
