import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { answerFile, type FileAnswerOptions } from './answer-file.ts';

const content = Buffer.from('0123456789');
const modified = 'Tue, 01 Dec 2026 12:00:00 GMT';

async function answer(
  headers: Record<string, string> = {},
  {
    method = 'GET',
    bytes = content,
    type = 'text/plain',
    ...options
  }: FileAnswerOptions & { method?: string; bytes?: Buffer; type?: string } = {},
) {
  let isClosed = false;
  const answered = await answerFile(
    { method, url: '/', headers },
    {
      bytes: bytes.length,
      modifiedAt: new Date(modified),
      etag: '"v1"',
      name: 'ten.txt',
      type,
      read: (range) => {
        isClosed = true;
        return Readable.from([range ? bytes.subarray(range.start, range.end + 1) : bytes]);
      },
      close: async () => {
        isClosed = true;
      },
    },
    options,
  );
  expect(isClosed).toBe(true);
  const body = answered.body === undefined ? undefined : (await buffer(answered.body)).toString();
  return { status: answered.status, headers: Object.fromEntries(answered.headers), body };
}

describe('answerFile', () => {
  it('sends the whole file, to be saved and never run', async () => {
    expect(await answer()).toEqual({
      status: 200,
      headers: {
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Disposition': 'attachment; filename="ten.txt"',
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'private, no-cache',
        ETag: '"v1"',
        'Last-Modified': modified,
        'Accept-Ranges': 'bytes',
        'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        'Cross-Origin-Resource-Policy': 'same-origin',
        'Content-Length': '10',
      },
      body: '0123456789',
    });
  });

  it.each([
    ['bytes=0-3', 'bytes 0-3/10', '0123'],
    ['bytes=7-', 'bytes 7-9/10', '789'],
    ['bytes=-2', 'bytes 8-9/10', '89'],
    ['bytes=-99', 'bytes 0-9/10', '0123456789'],
    ['bytes=5-99999999999999999999999', 'bytes 5-9/10', '56789'],
    ['Bytes=9-9', 'bytes 9-9/10', '9'],
  ])('sends the range %s', async (range, contentRange, body) => {
    const answered = await answer({ range });
    expect(answered).toMatchObject({ status: 206, body });
    expect(answered.headers).toMatchObject({
      'Content-Range': contentRange,
      'Content-Length': String(body.length),
    });
  });

  it.each(['bytes=10-', 'bytes=-0', 'bytes=99-100'])('answers 416 to %s', async (range) => {
    const answered = await answer({ range });
    expect(answered).toMatchObject({ status: 416, body: undefined });
    expect(answered.headers).toMatchObject({ 'Content-Range': 'bytes */10', 'Content-Length': '0' });
    expect(answered.headers).not.toHaveProperty('Content-Disposition');
  });

  it.each(['bytes=3-1', 'bytes=-', 'bytes=0-1,3-4', 'items=0-1', 'bytes=a-b', 'bytes=0-1x'])(
    'sends the whole file for the range %s',
    async (range) => {
      expect(await answer({ range })).toMatchObject({ status: 200, body: '0123456789' });
    },
  );

  it.each([
    ['its ETag', { 'if-none-match': '"v1"' }],
    ['a weak form of its ETag', { 'if-none-match': '"v0", W/"v1"' }],
    ['any ETag', { 'if-none-match': '*' }],
    ['its date', { 'if-modified-since': modified }],
    ['a later date', { 'if-modified-since': 'Wed, 02 Dec 2026 12:00:00 GMT' }],
  ])('answers 304 where the client has it, by %s', async (_, headers) => {
    const answered = await answer(headers);
    expect(answered).toMatchObject({ status: 304, body: undefined });
    expect(answered.headers).toMatchObject({ ETag: '"v1"', 'Cache-Control': 'private, no-cache' });
    expect(answered.headers).not.toHaveProperty('Content-Length');
    // The policy that the client has the file with: a 304 with another one replaces it.
    expect(answered.headers['Content-Security-Policy']).toContain('sandbox');
  });

  it.each([
    ['another ETag', { 'if-none-match': '"v2"' }],
    ['another ETag, though the date fits', { 'if-none-match': '"v2"', 'if-modified-since': modified }],
    ['an earlier date', { 'if-modified-since': 'Mon, 30 Nov 2026 12:00:00 GMT' }],
    ['a date that is none', { 'if-modified-since': 'tomorrow' }],
    ['a date of another form', { 'if-modified-since': '2026-12-01' }],
  ])('sends the file for %s', async (_, headers) => {
    expect(await answer(headers)).toMatchObject({ status: 200, body: '0123456789' });
  });

  it.each([
    ['an ETag of before', { 'if-match': '"v0"' }, 412],
    ['a weak ETag', { 'if-match': 'W/"v1"' }, 412],
    ['an earlier date', { 'if-unmodified-since': 'Mon, 30 Nov 2026 12:00:00 GMT' }, 412],
    ['its ETag', { 'if-match': '"v1"' }, 200],
    ['its date', { 'if-unmodified-since': modified }, 200],
  ])('holds a client that goes on to its version: %s', async (_, headers, status) => {
    expect(await answer(headers)).toMatchObject({ status });
  });

  it.each([
    ['"v1"', 206],
    [modified, 206],
    ['"v0"', 200],
    ['W/"v1"', 200],
    ['Mon, 30 Nov 2026 12:00:00 GMT', 200],
    ['Wed, 02 Dec 2026 12:00:00 GMT', 200],
  ])('sends a part only of the version that the client has: If-Range %s', async (condition, status) => {
    expect(await answer({ range: 'bytes=0-1', 'if-range': condition })).toMatchObject({ status });
  });

  it('sends only the headers for HEAD, and no range', async () => {
    const answered = await answer({ range: 'bytes=0-1' }, { method: 'HEAD' });
    expect(answered).toMatchObject({ status: 200, body: undefined });
    expect(answered.headers).toMatchObject({ 'Content-Length': '10' });
  });

  it('sends an empty file', async () => {
    const answered = await answer({}, { bytes: Buffer.alloc(0) });
    expect(answered).toMatchObject({ status: 200, body: undefined, headers: { 'Content-Length': '0' } });
    expect(await answer({ range: 'bytes=0-' }, { bytes: Buffer.alloc(0) })).toMatchObject({ status: 416 });
  });

  it("shows the application's own content if asked to", async () => {
    const { headers } = await answer({}, { allowActiveContent: true, cacheControl: 'public, max-age=600' });
    expect(headers['Content-Disposition']).toBe('inline; filename="ten.txt"');
    expect(headers['Cache-Control']).toBe('public, max-age=600');
    expect(headers).not.toHaveProperty('Content-Security-Policy');
    expect(headers['X-Content-Type-Options']).toBe('nosniff');
  });

  it.each([
    ...['text/javascript', 'application/javascript', 'application/x-javascript', 'text/ecmascript'],
    ...['text/JScript', 'text/javascript1.5', 'text/css'],
  ])(
    'sends %s as bytes, since a page could load it, unless it is of the application itself',
    async (type) => {
      expect((await answer({}, { type })).headers['Content-Type']).toBe('application/octet-stream');
      expect((await answer({}, { type, disposition: 'inline' })).headers['Content-Type']).toMatch(/octet/);
      const own = await answer({}, { type, allowActiveContent: true });
      expect(own.headers['Content-Type']).toMatch(type);
    },
  );

  it.each(['text/html', 'text/csv', 'application/json', 'image/svg+xml', 'application/pdf'])(
    'sends %s as what it is',
    async (type) => {
      expect((await answer({}, { type })).headers['Content-Type']?.split(';')[0]).toBe(type);
    },
  );

  it.each([
    [{ disposition: 'form-data' }, 'disposition'],
    [{ cacheControl: 'private\r\nSet-Cookie: a=b' }, 'cacheControl'],
    [{ allowEmbedding: '*' }, 'allowEmbedding'],
    [{ cachecontrol: 'private' }, 'cacheControl'],
  ])('says what is wrong with the option %j', async (options, name) => {
    await expect(answer({}, options as never)).rejects.toThrow(name);
  });
});
