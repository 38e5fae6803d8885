import { createServer, type Socket } from 'node:net';
import { request } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { listen, type Origin } from '../../../checks/machine/origin.ts';
import { configureEvents } from '../../event/index.ts';
import { createDispatcher } from '../dispatcher.ts';
import { createFetch } from '../guarded-fetch.ts';

let origin: Origin;

afterEach(() => origin.stop());

/** Sends all this once it was asked, and then ends the connection as `end` does. */
async function closing(text: string, end: (socket: Socket) => void) {
  configureEvents({ sinks: [] });
  origin = await listen(
    createServer((socket) => {
      socket.once('data', () => socket.write(text, 'latin1', () => end(socket)));
    }),
  );
  const policy = {
    hosts: [],
    allowPrivate: [{ host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [origin.port] }],
  };
  return { fetch: createFetch(policy), dispatcher: createDispatcher(policy) };
}

const body = 'a'.repeat(65_536);
const kinds: [string, string][] = [
  ['a length', `HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`],
  ['no length', `HTTP/1.0 200 OK\r\n\r\n${body}`],
  [
    'chunks',
    `HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n10000\r\n${body}\r\n0\r\n\r\n`,
  ],
  ['a cut length', `HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 99999\r\n\r\n${body}`],
];
const ends: [string, (socket: Socket) => void][] = [
  ['ends', (socket) => socket.end()],
  ['resets', (socket) => setTimeout(() => socket.resetAndDestroy(), 20)],
];

/** An assertion that nobody can catch would fail this file. */
describe.each(kinds)('a body with %s that nobody reads while the server', (kind, text) => {
  it.each(ends)('%s', async (how, end) => {
    const { fetch, dispatcher } = await closing(text, end);
    const [ours, theirs] = await Promise.all([fetch(origin.url()), request(origin.url(), { dispatcher })]);
    await new Promise((done) => setTimeout(done, 80));
    const texts = await Promise.allSettled([ours.text(), theirs.body.text()]);
    if (how !== 'ends') return;
    const lengths = texts.map((result) =>
      result.status === 'fulfilled' ? result.value.length : String(result.reason.cause ?? result.reason),
    );
    expect(lengths).toEqual(
      kind === 'a cut length' ? [expect.any(String), expect.any(String)] : [body.length, body.length],
    );
  });
});
