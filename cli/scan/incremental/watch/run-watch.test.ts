import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { createFolder } from '../../testing/folder.ts';

const folder = createFolder({ '.git/HEAD': '', 'a.js': 'DANGER\n' });
afterAll(() => folder.remove());

it('watches until SIGINT, and ends with 0', async () => {
  const program = fileURLToPath(new URL('./testing/watch.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, folder.path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  const says = async (text: string): Promise<void> => {
    while (!told.includes(text)) told += String((await once(child.stdout, 'data'))[0]);
  };
  await says('1 finding (1 high)');
  folder.write({ 'b.js': 'DANGER\n' });
  await says('1 new, 0 gone');
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
