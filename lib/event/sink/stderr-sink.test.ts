import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';

/** Writes an event at each line of its standard input, until that ends. */
const program = `
  import { stderrSink } from '${new URL('./stderr-sink.ts', import.meta.url).href}';
  const sink = stderrSink({ shape: ({ code }) => ({ rule: code }) });
  process.stdin.on('data', () => {
    sink.write([{ code: 'test/event' }]);
    setTimeout(() => process.stdout.write('goes on'), 50);
  });
`;

it.each([true, false])('a program goes on, whether its standard error is read (%s)', async (read) => {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    stdio: 'pipe',
  });
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  child.stdin.on('error', () => {});
  let text = '';
  if (read) {
    child.stderr.on('data', (chunk) => {
      text += chunk;
    });
  } else child.stderr.destroy();
  for (let i = 0; i < 2; i++) {
    child.stdin.write('\n');
    await new Promise((done) => child.stdout.once('data', done).once('end', done));
  }
  child.stdin.end();
  expect(await ended).toBe(0);
  expect(text).toBe(read ? '{"rule":"test/event"}\n'.repeat(2) : '');
});
