import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createShopFolder, downloads } from './shop-folder.ts';

it('puts back what an attack changed, and removes what it left', async () => {
  const folder = await createShopFolder();
  onTestFinished(() => folder.remove());
  const at = (name: string): string => join(folder.path, name);
  await writeFile(at('downloads/prices.csv'), 'forged');
  await writeFile(at('left'), '');
  await mkdir(at('uploads'));
  await writeFile(at('uploads/me.png'), '');
  expect(await folder.has('left')).toBe(true);
  await folder.restore();
  expect(await readFile(at('downloads/prices.csv'), 'utf8')).toBe(downloads['prices.csv']);
  expect(await readFile(at('private/customers.key'), 'utf8')).toBe(folder.secret);
  expect(await folder.has('left')).toBe(false);
  expect(await folder.has('me.png')).toBe(true);
  await folder.reset();
  expect(await folder.has('me.png')).toBe(false);
  expect(await folder.has('prices.csv')).toBe(true);
});

it('has a secret of its own, and goes without a trace', async () => {
  const [one, other] = [await createShopFolder(), await createShopFolder()];
  onTestFinished(() => other.remove());
  expect(one.secret).not.toBe(other.secret);
  await one.remove();
  expect(existsSync(one.path)).toBe(false);
  expect(existsSync(other.path)).toBe(true);
});
