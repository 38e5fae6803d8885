import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runnerFolder } from '../../checks/command/runner-folder.ts';
import { quietByDefault } from '../event/record.ts';
import { type CommandsOptions, commands, type ProgramTag } from './index.ts';

quietByDefault();
const linux = process.platform === 'linux';
const folder = runnerFolder();
afterAll(() => folder.remove());

function script(text: string, options: CommandsOptions): ProgramTag {
  return commands({ tool: folder.program('tool', text) }, options).tool;
}

describe.skipIf(!linux)(`the queue of commands${linux ? '' : ': needs Linux'}`, () => {
  it('runs and queues as many as allowed, and refuses the rest', async () => {
    const tag = script(`echo x >>${folder.path}/runs; sleep 0.2`, { maxConcurrent: 2, maxWaiting: 2 });
    const all = Array.from({ length: 6 }, () => tag``);
    const refused = await Promise.allSettled(all.slice(4));
    expect(refused).toMatchObject([
      { reason: { code: 'command/busy' } },
      { reason: { code: 'command/busy' } },
    ]);
    expect(readFileSync(join(folder.path, 'runs'), 'utf8').length).toBeLessThanOrEqual(4);
    expect((await Promise.all(all.slice(0, 4))).map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(await tag``).toMatchObject({ code: 0 });
  });

  it('refuses a command that has waited too long, and can abort a waiting one', async () => {
    const tag = script('sleep 1', { maxConcurrent: 1, maxWaitMs: 100 });
    const first = tag``;
    await expect(tag``).rejects.toMatchObject({ code: 'command/busy', detail: { retryAfterSeconds: 1 } });
    const abort = new AbortController();
    const waiting = tag({ signal: abort.signal })``;
    setTimeout(() => abort.abort(new Error('aborted')), 20);
    await expect(waiting).rejects.toThrow('aborted');
    expect(await first).toMatchObject({ code: 0 });
    expect(await tag``).toMatchObject({ code: 0 });
  });

  it('keeps the async context of the caller, even after a wait', async () => {
    const context = new AsyncLocalStorage<number>();
    const tag = script('true', { maxConcurrent: 1 });
    const seen = await Promise.all(
      [1, 2, 3].map((id) =>
        context.run(id, async () => {
          await tag``;
          return context.getStore();
        }),
      ),
    );
    expect(seen).toEqual([1, 2, 3]);
  });
});
