import { writeFile } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { App } from '../run/app-process.ts';
import { createShopFolder } from '../run/shop-folder.ts';
import { allAttacks } from './all-attacks.ts';
import { arm, effectOf } from './effect.ts';
import type { Reply } from './request.ts';

const reply = (body: string): Reply => ({
  ...{ status: 200, type: 'text/plain', body },
  location: undefined,
  cookies: [],
});

async function shop(): Promise<App> {
  const files = await createShopFolder();
  onTestFinished(() => files.remove());
  return { files } as App;
}

it('counts what a payload ran and read, and nothing else', async () => {
  const app = await shop();
  const armed = arm(app, 'touch CANARY; cat SECRET');
  const range = {} as Parameters<typeof effectOf>[2];
  expect((await effectOf(app, reply('Invoice'), range, armed)).lost).toBeUndefined();
  expect((await effectOf(app, reply(`x ${app.files.secret}`), range, armed)).lost).toContain(
    'private key read',
  );
  await writeFile(armed.payload.split(/[ ;]/)[1] ?? '', '');
  expect((await effectOf(app, reply(''), range, armed)).lost).toContain("stranger's command ran");
  // The canary is gone by then.
  expect((await effectOf(app, reply(''), range, armed)).lost).toBeUndefined();
});

it('gives each shot a canary of its own, in the folder of the shop', async () => {
  const app = await shop();
  const [one, other] = [arm(app, 'CANARY'), arm(app, 'CANARY')];
  expect(one.payload).not.toBe(other.payload);
  expect(one.payload.startsWith(app.files.path)).toBe(true);
});

it('has payloads that name no file but those of the shop', () => {
  const fixed = allAttacks().filter((attack) => attack.fixed);
  expect(fixed.length).toBeGreaterThanOrEqual(30);
  for (const { payload } of fixed) {
    // An absolute path is the lab's, and two folders up from the deepest place is still the shop's folder.
    expect(payload.replaceAll(/<\/|\/>|https?:\/\/\S+|'\/C calc/g, '')).not.toMatch(
      /(?:^|[\s"'`=])(?:\/|~)|(?:\.\.\/){3}/,
    );
    expect(payload).not.toMatch(/\b(?:rm|mv|chmod|curl|wget|kill|dd)\b/);
  }
});
