import { request } from 'node:http';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allAttacks, allPlaces } from '../attack/all-attacks.ts';
import { summarize } from '../report/summary.ts';
import { finishedRun } from '../run/run-progress.ts';
import { corpus } from './corpus.ts';
import { idOf, placeOf } from './place-id.ts';
import { type LabPage, serveLabPage } from './serve-lab-page.ts';
import { controlsWithout } from './testing/controls-without.ts';

const [place] = allPlaces;
const fixed = allPlaces.find((one) => one.fixed);
if (!place || !fixed) throw new Error('There is no place.');
const hostile = '"><script>alert(1)</script>';
const controls = controlsWithout({
  answer: '200',
  lost: 'a secret leaked',
  shown: {
    type: 'text/html',
    body: `<table><tr><th>${hostile}</th></tr><tr><td>S3CRET ${hostile}</td></tr></table>`,
  },
});
const empty = { theirs: [], ours: [], comparisons: [], ablated: [], chromium: true, server: false };
let page: LabPage;

beforeAll(async () => {
  page = await serveLabPage(controls, finishedRun(summarize(empty)));
});
afterAll(() => page.close());

const get = (path: string): Promise<Response> => fetch(page.url + path);
const post = (path: string, form: Record<string, string>, headers = {}): Promise<Response> =>
  fetch(page.url + path, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(form) });

function elementsOf(markup: string): readonly DefaultTreeAdapterTypes.Element[] {
  const found: DefaultTreeAdapterTypes.Element[] = [];
  const waiting: DefaultTreeAdapterTypes.Node[] = [parse(markup)];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if ('attrs' in node) found.push(node);
    if ('childNodes' in node) waiting.push(...node.childNodes);
  }
  return found;
}

describe('the page of the lab', () => {
  it('answers only to its own host and token', async () => {
    const { pathname, port } = new URL(page.url);
    const status = (path: string, host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        request({ host: '127.0.0.1', port, path, headers: { host } }, (res) => {
          res.resume();
          resolve(res.statusCode);
        })
          .on('error', reject)
          .end();
      });
    expect(await status(pathname, `127.0.0.1:${port}`)).toBe(200);
    expect(await status('/', `127.0.0.1:${port}`)).toBe(403);
    expect(await status(pathname, `localhost:${port}`)).toBe(403);
    expect(await status(pathname, `evil.example:${port}`)).toBe(403);
  });

  it("stands under bulwark's own strict policy, with no inline handler and no inline style", async () => {
    const response = await get('');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/script-src 'nonce-[^']+' 'strict-dynamic';/);
    expect(policy).toContain("style-src 'self'");
    expect(policy.replace("style-src-attr 'unsafe-inline'", '')).not.toContain('unsafe-inline');
    const elements = elementsOf(await response.text());
    const names = elements.flatMap(({ attrs }) => attrs.map(({ name }) => name));
    expect(names.filter((name) => /^on|^style$/.test(name))).toEqual([]);
    expect(elements.filter(({ tagName }) => tagName === 'style')).toEqual([]);
    expect(elements.filter(({ tagName }) => tagName === 'script')).toHaveLength(1);
  });

  it('fires what is asked for, and shows what came back as text', async () => {
    const fired = await post('duels', { place: idOf(place), payload: hostile });
    expect(fired.status).toBe(303);
    const body = await (await fetch(new URL(fired.headers.get('location') ?? '', page.url))).text();
    expect(body).not.toContain(hostile);
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(body).toContain('<mark class="stolen">S3CRET</mark>');
    expect(controls.duels[0]?.payload).toBe(hostile);
  });

  it('takes payloads of the lab, and no others, where they would run on this machine', async () => {
    const own = allAttacks().filter((attack) => attack.fixed);
    for (const attack of own) {
      const { status } = await post('duels', { place: idOf(attack), payload: attack.payload });
      expect(status, attack.payload).toBe(303);
    }
    const before = controls.duels.length;
    const corpusIndex = String(corpus.findIndex(({ group }) => group === 'SQL injection'));
    expect((await post('duels', { place: idOf(fixed), corpus: corpusIndex })).status).toBe(400);
    expect(controls.duels).toHaveLength(before);
  });

  it('keeps a payload as it was typed', async () => {
    await post('duels', { place: idOf(place), payload: 'a\r\nb' });
    expect(controls.duels[0]?.payload).toBe('a\nb');
  });

  it('takes a guard out, and puts it back', async () => {
    expect((await post('guards', { toggle: 'sql', back: '' })).status).toBe(303);
    expect([...controls.out]).toEqual(['sql']);
    await post('guards', { toggle: 'fetch', back: '' });
    expect([...controls.out]).toEqual(['sql', 'fetch']);
    await post('guards', { toggle: 'sql', back: '' });
    expect([...controls.out]).toEqual(['fetch']);
    await post('guards', { toggle: 'all', back: '' });
    expect([...controls.out]).toEqual([]);
  });

  it('fires an attack again after a change', async () => {
    const before = controls.duels.length;
    const changed = await post('guards', { toggle: 'html', again: '1', back: '' });
    expect(changed.headers.get('location')).toMatch(/\/duels\/\d+\?used=html$/);
    expect(controls.duels).toHaveLength(before + 1);
    expect(controls.duels[0]?.out).toEqual(['html']);
    await post('guards', { toggle: 'all', back: '' });
  });

  it.each([
    ['duels', { place: 'no-such-place', payload: 'x' }, 400],
    ['duels', { place: idOf(place), payload: '' }, 400],
    ['duels', { place: idOf(place), payload: 'x'.repeat(4_001) }, 400],
    ['duels', { place: idOf(place), corpus: '99999' }, 400],
    ['duels', { place: idOf(place), corpus: '__proto__' }, 400],
    ['duels', { place: idOf(fixed), payload: 'touch something-else' }, 400],
    ['duels', { again: '99999' }, 404],
    ['guards', { toggle: 'constructor' }, 400],
    ['guards', {}, 400],
    ['theme', { theme: 'pink' }, 400],
    ['nowhere', {}, 404],
  ] as const)('says what is wrong with %s %o', async (path, form, status) => {
    const response = await post(path, { ...form });
    expect(response.status).toBe(status);
    expect(await response.text()).toContain('That is not possible.');
  });

  it.each(['duels/0', 'duels/x', 'duels/1/defended.png', 'duels/1/__proto__.png', 'lab.ts', '../lab.js'])(
    'has no %s',
    async (path) => {
      expect((await get(path)).status).toBeGreaterThanOrEqual(403);
    },
  );

  it.each(['cross-site', 'same-site', 'none-of-these'])('takes no form from elsewhere (%s)', async (from) => {
    const before = controls.duels.length;
    const refused = await post('duels', { place: idOf(place), payload: 'x' }, { 'sec-fetch-site': from });
    expect(refused.status).toBe(403);
    expect(controls.duels).toHaveLength(before);
    const own = { 'sec-fetch-site': 'same-origin' };
    expect((await post('duels', { place: idOf(place), payload: 'x' }, own)).status).toBe(303);
  });

  it.each(['//evil.example', 'https://evil.example/', '../../evil', '/evil', 'duels/1/../../x', '\\evil'])(
    'leads back to no other page than its own (%s)',
    async (back) => {
      const { pathname } = new URL(page.url);
      const response = await post('theme', { theme: 'dark', back });
      expect(response.headers.get('location')).toBe(pathname);
      const own = await post('theme', { theme: 'auto', back: 'duels/1' });
      expect(own.headers.get('location')).toBe(`${pathname}duels/1`);
    },
  );

  it('lets twenty pages listen, and the next again once one has left', async () => {
    const leave = Array.from({ length: 20 }, () => new AbortController());
    const listening = await Promise.all(
      leave.map(({ signal }) => fetch(`${page.url}events`, { signal }).then(({ status }) => status)),
    );
    expect(new Set(listening)).toEqual(new Set([200]));
    expect((await get('events')).status).toBe(503);
    leave[0]?.abort();
    const again = new AbortController();
    await expect
      .poll(async () => (await fetch(`${page.url}events`, { signal: again.signal })).status, {
        timeout: 10_000,
      })
      .toBe(200);
    for (const one of [...leave, again]) one.abort();
  });
});

describe('placeOf', () => {
  it('finds each place by an id of its own', () => {
    const ids = allPlaces.map(idOf);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.map(placeOf)).toEqual(allPlaces);
  });
});
