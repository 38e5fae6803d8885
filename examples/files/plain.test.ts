import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missing } from '../../checks/machine/missing.ts';
import { expectThumbnails, honestUse, sendAlbum, setRule } from './testing/honest-use.ts';
import { pdf, picture, productsJson } from './testing/samples.ts';
import { type Site, startSite } from './testing/start-site.ts';

const because = (reason: string | undefined): string => (reason ? `: ${reason}` : '');
const noUnzip = because(missing('unzip'));
const noMagick = because(missing('imagemagick'));

describe.skipIf(noUnzip)(`the site without Bulwark${noUnzip}`, () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite(() => import('./plain.ts'));
  });
  afterAll(() => site?.close());

  honestUse(() => site);
  test.skipIf(noMagick)(`makes thumbnails with ImageMagick${noMagick}`, async () => {
    const url = await sendAlbum(site, { name: 'sea.png', content: await picture('png', 300) });
    await expectThumbnails(site, url);
  });

  describe('loses what app.ts keeps', () => {
    test('a page as a photo runs in the origin of the site', async () => {
      const sent = await site.upload('ada', '/photo', 'photo', 'me.html', '<script>alert(1)</script>');
      const shown = await site.as('grace', (await sent.json()).url);
      expect(shown.headers.get('content-type')).toContain('text/html');
      expect(shown.headers.get('content-security-policy')).toBeNull();
    });

    test('another site makes a browser upload', async () => {
      const body = new FormData();
      body.set('document', new Blob([Buffer.from(pdf)]), 'plan.pdf');
      const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
      expect((await site.as('ada', '/documents', { method: 'POST', body, headers })).status).toBe(201);
    });

    test('a path leads out of the folder', async () => {
      const up = '..%2f'.repeat(8);
      expect(await (await site.as('ada', `/photos/${up}etc%2fpasswd`)).text()).toContain('root:');
    });

    test('a link in a zip leads out of the folder', async () => {
      const url = await sendAlbum(site, { name: 'link.png', content: '/etc/passwd', link: true });
      expect(await (await site.as('ada', `${url}/photos/link.png`)).text()).toContain('root:');
    });

    test('the name of a photo is a command', async () => {
      const url = await sendAlbum(site, { name: 'sea.png', content: await picture('png') });
      await site.as('ada', `${url}/archive?name=sea.png;touch%20hacked.png`);
      expect(await (await site.as('ada', url)).json()).toContain('hacked.png');
    });

    test('a rule is code', async () => {
      await site.upload('admin', '/products', 'products', 'list.json', productsJson);
      await setRule(site, 'admin', "process.getBuiltinModule('fs').readFileSync('/etc/passwd', 'utf8')");
      expect(await (await site.as('ada', '/products')).text()).toContain('root:');
    });

    test('a formula is exported', async () => {
      const row = { sku: 'A-1', name: '=HYPERLINK(1)', category: '', price: 1 };
      await site.upload('admin', '/products', 'products', 'list.json', JSON.stringify([row]));
      expect(await (await site.as('ada', '/products.csv')).text()).toContain('"=HYPERLINK(1)"');
    });
  });
});
