import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { createLinkPreview, type LinkPreview } from './link-preview.ts';
import { type Neighbours, startNeighbours } from './testing/neighbours.ts';

let answer: RequestListener;
let neighbours: Neighbours;
let preview: (url: string) => Promise<LinkPreview | undefined>;

beforeAll(async () => {
  configureEvents({ sinks: [] });
  neighbours = await startNeighbours((request, response) => answer(request, response));
  preview = createLinkPreview({
    imageUrl: (url) => `/image/${encodeURIComponent(url)}`,
    userAgent: 'test/1',
    egress: neighbours.egress,
  });
});
afterAll(() => neighbours.stop());
beforeEach(() => {
  neighbours.requests.length = 0;
});

function page(body: string | Buffer, type = 'text/html'): void {
  answer = (_request, response) => response.setHeader('content-type', type).end(body);
}
const shown = (): Promise<LinkPreview | undefined> => preview(neighbours.outside.url('/a/page'));
const insideSaw = (): number => neighbours.inside.connections() - 1;

describe('a page', () => {
  it('is shown by its title, description and image, and the image by the proxy alone', async () => {
    page(`<!doctype html><title> A &amp; B
      </title><meta name="description" content="one"><meta property="og:description" content="two &lt;b&gt;">
      <meta property=og:image content="../cover.png?x=1&amp;y=2"><script>"<title>no</title>"</script>`);
    expect(await shown()).toEqual({
      url: neighbours.outside.url('/a/page'),
      site: '127.0.0.1',
      title: 'A & B',
      description: 'two <b>',
      image: `/image/${encodeURIComponent(neighbours.outside.url('/cover.png?x=1&y=2'))}`,
    });
    // One request, for the page: none for the image, and nothing of a user's in it.
    expect(neighbours.requests.map(({ url }) => url)).toEqual(['/a/page']);
    expect(Object.keys(neighbours.requests[0]?.headers ?? {}).sort()).toEqual(
      expect.not.arrayContaining(['cookie', 'authorization', 'referer', 'x-forwarded-for']),
    );
  });

  it('is followed through its redirects, each decided anew', async () => {
    answer = (request, response) => {
      if (request.url === '/a/page') response.writeHead(302, { location: '/there' }).end();
      else response.setHeader('content-type', 'text/html').end('<title>there</title>');
    };
    expect(await shown()).toMatchObject({ url: neighbours.outside.url('/there'), title: 'there' });
    answer = (_request, response) => response.writeHead(302, { location: neighbours.inside.url() }).end();
    expect(await shown()).toBeUndefined();
    expect(insideSaw()).toBe(0);
  });

  it.each([
    ['text/html; charset=windows-1252', Buffer.from('<title>caf\xe9</title>', 'latin1'), 'caf\u00e9'],
    ['text/html', Buffer.from('<meta charset=shift_jis><title>\x83e</title>', 'latin1'), '\u30c6'],
    ['text/html', Buffer.from('<title>caf\u00e9</title>', 'utf8'), 'caf\u00e9'],
    ['text/html', Buffer.from('<title>caf\xe9</title>', 'latin1'), 'caf\u00e9'],
    ['text/html', Buffer.from('\ufeff<title>caf\u00e9</title>', 'utf16le'), 'caf\u00e9'],
    ['text/html; charset=no-such-thing', Buffer.from('<title>caf\u00e9</title>', 'utf8'), 'caf\u00e9'],
    ['text/html; charset=utf-7', Buffer.from('<title>+ADw-</title>', 'utf8'), '+ADw-'],
  ])('is read in its own encoding: %s', async (type, body, title) => {
    page(body, type);
    expect((await shown())?.title).toBe(title);
  });

  it('is clipped, to one line, and without what reorders text', async () => {
    page(
      `<title>${'\u202e'}${'a\n'.repeat(300)}</title><meta name=description content="${'\u{1f600}'.repeat(999)}">`,
    );
    const result = await shown();
    expect(result?.title).toBe(`${'a '.repeat(99)}a\u2026`);
    expect([...(result?.description ?? '')]).toHaveLength(400);
  });

  it('is read no further than 512 KB, compressed or not', async () => {
    const filler = `<!--${'x'.repeat(600_000)}-->`;
    page(`<title>first</title>${filler}<meta name=description content=late>`);
    expect(await shown()).toMatchObject({ title: 'first', description: '' });
    page(`<title>first</title><!--${'x'.repeat(400_000)}--><meta name=description content=late>`);
    expect(await shown()).toMatchObject({ title: 'first', description: 'late' });
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' });
      response.end(gzipSync(`<title>first</title>${'x'.repeat(50_000_000)}`));
    };
    const result = await shown();
    // The bomb is cut off at whichever bound it meets first.
    expect(result === undefined || result.title === 'first').toBe(true);
  });
});

describe('no preview', () => {
  it.each([
    'http://169.254.169.254/latest/',
    'file:///etc/passwd',
    'http://user:a@example.com/',
    'nothing',
    'http://[::1]/',
  ])('comes of %s', async (url) => {
    expect(await preview(url)).toBeUndefined();
  });

  it('comes of an inside server, open or closed, and of a name that does not exist', async () => {
    page('<title>x</title>');
    expect(await preview(neighbours.inside.url())).toBeUndefined();
    expect(await preview('http://127.0.0.1:9/')).toBeUndefined();
    expect(await preview('http://no-such-name.invalid/')).toBeUndefined();
    expect(insideSaw()).toBe(0);
    expect(await shown()).toMatchObject({ title: 'x' });
  });

  it.each([
    ['an image', 'image/png', 200],
    ['a script', 'text/javascript', 200],
    ['an error page', 'text/html', 404],
  ])('comes of %s', async (_, type, status) => {
    answer = (_request, response) =>
      response.writeHead(status, { 'content-type': type }).end('<title>x</title>');
    expect(await shown()).toBeUndefined();
  });

  it('comes of a server that closes the connection', async () => {
    answer = (request) => request.socket.destroy();
    expect(await shown()).toBeUndefined();
  });
});

describe('the image of a page', () => {
  it.each([
    'javascript:alert(1)',
    'data:image/png;base64,AA',
    'file:///etc/passwd',
    'http://a:b@example.com/',
    'http://[',
  ])('is left out where it is %s', async (content) => {
    page(`<title>x</title><meta property="og:image" content="${content}">`);
    expect(await shown()).toMatchObject({ title: 'x', image: undefined });
  });

  it('is handed on where it is inside, as the proxy decides that, and is not asked for here', async () => {
    page(`<meta property="og:image" content="${neighbours.inside.url('/x.png')}">`);
    expect((await shown())?.image).toContain('/image/');
    expect(insideSaw()).toBe(0);
  });
});
