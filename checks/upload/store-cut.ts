import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { isRefusal } from '../../lib/refusal/is-refusal.ts';
import { uploads } from '../../lib/upload/index.ts';
import { bytesOf } from './store-files.ts';
import { type StoreKind, storeOf } from './store-kind.ts';

export interface CutReport {
  /** Connections that were cut, and how many of their requests had reached the guard. */
  cuts: number;
  reached: number;
  /** What the guard refused them with. */
  refused: Record<string, number>;
  /** Acknowledged although the body was cut. */
  acknowledged: number;
  /** Files that are left of cut uploads, or were served meanwhile. */
  left: number;
  /** Whole uploads in between, and how many of them came back byte for byte. */
  whole: number;
  equal: number;
}

const boundary = 'boundary-of-a-test';

function requestWith(content: Buffer): Buffer {
  const head =
    `--${boundary}\r\nContent-Disposition: form-data; name="title"\r\n\r\nA title\r\n` +
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="data.bin"\r\n` +
    'Content-Type: application/octet-stream\r\n\r\n';
  const body = Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  const lines =
    `POST /upload HTTP/1.1\r\nHost: shop.example\r\nContent-Type: multipart/form-data; boundary=${boundary}\r\n` +
    `Content-Length: ${body.byteLength}\r\nConnection: close\r\n\r\n`;
  return Buffer.concat([Buffer.from(lines), body]);
}

/** Cuts the connection at that many offsets, evenly over the whole request, the last one a byte before its end. */
export async function proveCuts(kind: StoreKind, folder: string, offsets: number): Promise<CutReport> {
  const report: CutReport = {
    ...{ cuts: 0, reached: 0, refused: {}, acknowledged: 0, left: 0, whole: 0, equal: 0 },
  };
  const store = storeOf(kind, folder);
  const begun: string[] = [];
  const watched = {
    ...store,
    async begin() {
      const file = await store.begin();
      begun.push(file.id);
      return file;
    },
  };
  const guard = uploads({ store: watched, files: { file: { allowAnyType: true } } });
  const running = new Set<Promise<unknown>>();
  let lastId: string | undefined;
  const server = createServer((req, res) => {
    report.reached++;
    const work = guard.receive(req).then(
      ({ files }) => {
        lastId = files.file?.id;
        res.end('stored');
      },
      (error: unknown) => {
        const code = isRefusal(error) ? error.code : String(error);
        report.refused[code] = (report.refused[code] ?? 0) + 1;
        res.destroy();
      },
    );
    running.add(work);
    void work.finally(() => running.delete(work));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const content = Buffer.alloc(300_000, 'what is uploaded;');
  const request = requestWith(content);

  async function send(bytes: Buffer, isWhole: boolean): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('error', () => undefined);
    const closed = once(socket, 'close');
    await once(socket, 'connect');
    await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
    // A reset by turns with an orderly end: browsers do either.
    if (!isWhole) report.cuts % 2 === 0 ? socket.end() : socket.resetAndDestroy();
    await closed;
    return answer;
  }

  for (let at = 0; at < offsets; at++) {
    const cut = Math.floor(((request.byteLength - 1) * (at + 1)) / offsets);
    const before = lastId;
    await send(request.subarray(0, cut), false);
    report.cuts++;
    await settled(running);
    if (lastId !== before) report.acknowledged++;
    if (at % 20 === 19) {
      const answer = await send(request, true);
      report.whole++;
      const file = lastId === undefined ? undefined : await store.open(lastId);
      if (answer.endsWith('stored') && file && (await bytesOf(file)).equals(content)) report.equal++;
      if (lastId !== undefined) begun.splice(begun.indexOf(lastId), 1);
    }
  }
  for (const id of begun) if (await store.find(id)) report.left++;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return report;
}

/** The server sees the end of a connection a moment later. */
async function settled(running: ReadonlySet<Promise<unknown>>): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 5));
  await Promise.all(running);
}
