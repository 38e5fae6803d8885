import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { missing } from '../machine/missing.ts';
import { startPostgres } from '../machine/postgres.ts';

const why = missing('postgres');
const program = fileURLToPath(new URL('./lost-connections.ts', import.meta.url));

describe.skipIf(why)(`a program whose connections to PostgreSQL are killed${why ? `: ${why}` : ''}`, () => {
  it('lives on, without one listener to errors', async () => {
    const server = await startPostgres();
    const flags = ['--unhandled-rejections=strict', '--import', 'tsx'];
    const running = promisify(execFile)(process.execPath, [...flags, program, server.url], {
      timeout: 180_000,
    });
    const { stdout, stderr } = await running.finally(() => server.stop());
    expect(JSON.parse(stdout)).toEqual({
      ...{ one: 1, held: 0, waiting: 0, kinds: ['connection', 'timeout'] },
    });
    expect(stderr).not.toContain('Warning');
  }, 240_000);
});
