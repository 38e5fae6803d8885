import { execFileSync } from 'node:child_process';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { docx, pdf, picture, productsCsv, productsJson, productsYaml } from './samples.ts';
import type { Site } from './start-site.ts';
import { type Entry, zip } from './zip.ts';

const ofMacOS: Entry = { name: '__MACOSX/._sea.png', content: '\0\x05\x16\x07' };

/** What users do, and both applications allow. */
export function honestUse(site: () => Site): void {
  test('serves its page', async () => {
    expect(await (await site().as('ada', '/')).text()).toContain('<h1>Files</h1>');
    expect((await fetch(`${site().base}/products`)).status).toBe(401);
  });

  test('takes a photo of a profile, and shows it', async () => {
    expect((await site().upload('ada', '/photo', 'photo', 'me.jpg', await picture('jpeg'))).status).toBe(201);
    const response = await site().as('grace', '/users/ada/photo');
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(response.headers.get('content-disposition') ?? 'inline').toContain('inline');
    expect(await sharp(await response.bytes()).metadata()).toMatchObject({ width: 40, height: 40 });
  });

  test.each([
    ['plan.pdf', pdf],
    ['plan.docx', docx],
  ])('keeps %s for its owner', async (name, content) => {
    const sent = await site().upload('ada', '/documents', 'document', name, content);
    expect(sent.status).toBe(201);
    const { url } = await sent.json();
    const own = await site().as('ada', url);
    expect(Buffer.from(await own.bytes())).toEqual(content);
    expect(own.headers.get('content-disposition')).toMatch(/^attachment; .*plan\./);
    expect((await site().as('grace', url)).status).toBe(404);
  });

  test.each([
    ['csv', productsCsv, ['A-1', 'A-2']],
    ['json', productsJson, ['B-1', 'B-2']],
    ['yaml', productsYaml, ['C-1']],
  ])('imports %s', async (extension, content, skus) => {
    const before = await site().files();
    const sent = await site().upload('admin', '/products', 'products', `list.${extension}`, content);
    expect(await sent.json()).toEqual({ imported: skus.length });
    const products = await (await site().as('ada', '/products')).json();
    expect(products.map((product: { sku: string }) => product.sku)).toEqual(skus);
    expect(await site().files()).toEqual(before);
  });

  test('searches with a pattern, applies the discount, and exports', async () => {
    await site().upload('admin', '/products', 'products', 'list.csv', productsCsv);
    const rule = "category == 'light' && price >= 50 ? price * 0.9 : price";
    expect((await setRule(site(), 'ada', rule)).status).toBe(403);
    expect((await setRule(site(), 'admin', rule)).status).toBe(204);
    const found = await (await site().as('ada', '/products?q=^l.*lamp$')).json();
    expect(found).toMatchObject([{ name: 'Large lamp', price: 50, discounted: 45 }]);
    const csv = await (await site().as('ada', '/products.csv')).text();
    expect(csv.replaceAll('"', '').trim()).toBe(productsCsv.trim());
  });

  test('takes a zip of photos, and gives them back in an archive', async () => {
    const content = await picture('png');
    const url = await sendAlbum(site(), { name: 'sea.png', content }, { name: 'city.png', content }, ofMacOS);
    expect((await (await site().as('ada', url)).json()).sort()).toEqual(['city.png', 'sea.png']);
    const sea = await site().as('ada', `${url}/photos/sea.png`);
    expect(await sharp(await sea.bytes()).metadata()).toMatchObject({ width: 40 });
    expect(await listed(await site().as('ada', `${url}/archive`))).toEqual(['city.png', 'sea.png']);
    expect(await listed(await site().as('ada', `${url}/archive?name=sea.png`))).toEqual(['sea.png']);
  });
}

/** The honest use of a program that not every machine has. `url` is an album with a picture called sea.png. */
export async function expectThumbnails(site: Site, url: string): Promise<void> {
  const response = await site.as('ada', `${url}/thumbnails/sea.png?size=20x20`);
  expect(response.headers.get('content-type')).toBe('image/png');
  expect((await sharp(await response.bytes()).metadata()).width).toBe(20);
}

export async function sendAlbum(site: Site, ...photos: readonly Entry[]): Promise<string> {
  const sent = await site.upload('ada', '/albums', 'photos', 'trip.zip', zip(...photos));
  expect(sent.status).toBe(201);
  return (await sent.json()).url;
}

export function setRule(site: Site, user: string, rule: string): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return site.as(user, '/discount', { method: 'PUT', headers, body: JSON.stringify({ rule }) });
}

/** The names in an archive. */
export async function listed(response: Response): Promise<string[]> {
  const names = execFileSync('tar', ['-tz'], { input: await response.bytes(), encoding: 'utf8' });
  return names.trim().split('\n').sort();
}
