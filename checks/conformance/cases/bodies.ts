import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import type { Case } from '../case.ts';
import type { Reply } from '../client/reply.ts';
import type { Site } from '../client/site.ts';
import { isDefended, isProblem } from './expected.ts';

function send(site: Site, target: string, type: string, body: string | Buffer, more = {}): Promise<Reply> {
  return site.ask(target, { method: 'POST', body, headers: { 'Content-Type': type, ...more } });
}
const json = (site: Site, body: string | Buffer): Promise<Reply> =>
  send(site, '/json', 'application/json', body);
const asForm = 'application/x-www-form-urlencoded';

interface Refused {
  readonly id: string;
  readonly what: string;
  readonly body: string | Buffer;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const refusedJson: readonly Refused[] = [
  { id: 'proto', what: '__proto__ (prototype pollution, CWE-1321)', body: '{"__proto__":{"isAdmin":true}}' },
  { id: 'escaped-proto', what: 'an escaped __proto__', body: '{"a":{"\\u005f_proto__":{"isAdmin":true}}}' },
  {
    id: 'constructor',
    what: 'constructor.prototype',
    body: '{"constructor":{"prototype":{"isAdmin":true}}}',
  },
  { id: 'duplicate', what: 'a key twice', body: '{"a":1,"a":2}' },
  { id: 'deep', what: 'more levels than a stack holds', body: `${'['.repeat(30_000)}${']'.repeat(30_000)}` },
  { id: 'cut', what: 'an object that is cut', body: '{"a":' },
  { id: 'empty', what: 'an empty text', body: ' ' },
  { id: 'not-utf8', what: 'bytes that are not UTF-8', body: Buffer.from([0x22, 0xff, 0xfe, 0x22]) },
  { id: 'trailing', what: 'text behind the value', body: '{"a":1}<script>hunter2</script>' },
  { id: 'large', what: '200 KB', body: `"${'x'.repeat(150_000)}"`, status: 413 },
  {
    id: 'gzip',
    what: 'a compressed body',
    body: gzipSync('{"a":1}'),
    status: 415,
    headers: { 'Content-Encoding': 'gzip' },
  },
  {
    id: 'charset',
    what: 'another charset',
    body: '{"a":1}',
    status: 415,
    headers: { 'Content-Type': 'application/json; charset=utf-16' },
  },
];

const boundary = 'conformance-boundary';
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

interface Part {
  readonly name: string;
  readonly file?: string;
  readonly type?: string;
  readonly body: string | Buffer;
}

function upload(site: Site, ...parts: readonly Part[]): Promise<Reply> {
  const pieces = parts.flatMap(({ name, file, type, body }) => [
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file === undefined ? '' : `; filename="${file}"`}\r\n`,
    type === undefined ? '\r\n' : `Content-Type: ${type}\r\n\r\n`,
    body,
    '\r\n',
  ]);
  const bytes = Buffer.concat([...pieces, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece)));
  return send(site, '/upload', `multipart/form-data; boundary=${boundary}`, bytes);
}

const picture: Part = { name: 'picture', file: 'cat.png', type: 'image/png', body: png };

export const bodyCases: readonly Case[] = [
  {
    id: 'bodies/json',
    sentence: 'JSON arrives unchanged.',
    async check(site) {
      const value = { a: [1, 2.5, null, true], text: '\u00e9\u20ac\u{1f600}', nested: { deep: {} } };
      const reply = await json(site, JSON.stringify(value));
      assert.deepEqual(reply.json, { got: value });
      isDefended(reply);
      const other = await send(site, '/json', 'application/vnd.api+json', '{"a":1}');
      assert.ok(other.status === 200 || other.status === 415, String(other.status));
    },
  },
  ...refusedJson.map(
    ({ id, what, body, status = 400, headers }): Case => ({
      id: `bodies/json-${id}`,
      sentence: `JSON with ${what} is refused with ${status}.`,
      async check(site) {
        isProblem(await send(site, '/json', 'application/json', body, headers), status);
        assert.equal(({} as { isAdmin?: boolean }).isAdmin, undefined);
      },
    }),
  ),
  {
    id: 'bodies/schema',
    sentence: 'With a schema, other shapes get 422 and other content types 415.',
    async check(site) {
      assert.deepEqual((await send(site, '/order', 'application/json', '{"product":7}')).json, {
        ordered: 7,
      });
      isProblem(await send(site, '/order', 'application/json', '{"product":"7"}'), 422);
      isProblem(await send(site, '/order', 'text/plain', '{"product":7}'), 415);
      isProblem(await site.ask('/order', { method: 'POST' }), 415);
    },
  },
  {
    id: 'bodies/form',
    sentence: 'A form arrives unchanged.',
    async check(site) {
      const reply = await send(site, '/form', asForm, 'name=ann+lee&city=K%C3%B6ln&empty=');
      assert.deepEqual(reply.json, { got: { name: 'ann lee', city: 'K\u00f6ln', empty: '' } });
    },
  },
  {
    id: 'bodies/form-proto',
    sentence: "A form with __proto__, or with a repeated field that isn't a list, is refused with 400.",
    async check(site) {
      isProblem(await send(site, '/form', asForm, '__proto__=1'), 400);
      isProblem(await send(site, '/form', asForm, 'a=1&a=2'), 400);
    },
  },
  {
    id: 'bodies/form-large',
    sentence: 'A form of 150 KB is refused with 413.',
    async check(site) {
      isProblem(await send(site, '/form', asForm, `a=${'x'.repeat(150_000)}`), 413);
    },
  },
  {
    id: 'bodies/after-refusal',
    sentence: 'After a refused body, the connection serves the next request or is closed.',
    async check(site) {
      const connection = await site.connect();
      const headers = { 'Content-Type': 'application/json' };
      connection.write(site.request('/json', { method: 'POST', headers, body: '{"a":1,"a":2}' }), 'POST');
      connection.write(site.request('/'), 'GET');
      const [refused, next] = await connection.received(2);
      assert.equal(refused?.status, 400);
      assert.ok(next === undefined ? connection.isEnded : next.text === 'hello');
    },
  },
  {
    id: 'bodies/upload',
    sentence: 'A file arrives with the fields of its form.',
    async check(site) {
      const reply = await upload(site, { name: 'title', body: 'My cat' }, picture);
      assert.deepEqual(reply.json, { name: 'cat.png', bytes: png.length, title: 'My cat' });
      isDefended(reply);
    },
  },
  {
    id: 'bodies/upload-disguised',
    sentence: 'HTML sent as a picture is refused with 415 (CWE-434).',
    async check(site) {
      isProblem(await upload(site, { ...picture, body: '<!doctype html><script>alert(1)</script>' }), 415);
    },
  },
  {
    id: 'bodies/upload-missing',
    sentence: 'A form without its file is refused with 422, another content type with 415.',
    async check(site) {
      isProblem(await upload(site, { name: 'title', body: 'x' }), 422);
      isProblem(await send(site, '/upload', 'application/json', '{}'), 415);
    },
  },
  {
    id: 'bodies/upload-path',
    sentence: 'A path in a file name has no effect (CWE-22).',
    async check(site) {
      const reply = await upload(site, { ...picture, file: '../../etc/cat.png' });
      assert.ok(reply.status === 200 || reply.status === 400, String(reply.status));
      assert.doesNotMatch(reply.text, /\.\.\//);
    },
  },
];
