import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { startS3 } from './s3-server.ts';
import { bundleProgram } from './store-bundle.ts';
import { proveKills } from './store-killed.ts';
import { temporaryFolder } from './temporary-folder.ts';

const reason = process.platform === 'linux' ? undefined : 'it reads /proc';

let program = '';
beforeAll(async () => {
  configureEvents({ sinks: [] });
  program = await bundleProgram(temporaryFolder());
});

describe.skipIf(reason)(`a store whose process is killed 50 times${reason ? `: ${reason}` : ''}`, () => {
  it('on a disk has what was acknowledged, and nothing else is left or was served', async () => {
    const report = await proveKills(program, 'disk', temporaryFolder(), 50);
    console.log(JSON.stringify({ store: 'disk', ...report }));
    expect(report).toMatchObject({ kills: 50, served: 0, lost: 0, left: 0 });
    expect(report.doubtful).toBeLessThanOrEqual(50);
    expect(Math.min(report.acknowledged, report.reads)).toBeGreaterThan(50);
  });

  it('in a bucket has what was acknowledged, and nothing else is left or was served', async () => {
    const server = await startS3();
    try {
      const { endpoint } = server.options();
      const kind = `s3 ${endpoint}` as `s3 http://${string}`;
      const report = await proveKills(program, kind, temporaryFolder(), 50, 1_500);
      console.log(JSON.stringify({ store: 's3', ...report }));
      expect(report).toMatchObject({ kills: 50, served: 0, lost: 0, left: 0 });
      expect(report.doubtful).toBeLessThanOrEqual(50);
      expect(Math.min(report.acknowledged, report.reads)).toBeGreaterThan(20);
      expect(server.keys()).toEqual([]);
    } finally {
      await server.close();
    }
  });
});
