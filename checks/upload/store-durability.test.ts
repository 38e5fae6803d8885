import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { bundleProgram } from './store-bundle.ts';
import { fillDisk, whyNoMount } from './store-full.ts';
import { proveKills } from './store-killed.ts';
import { temporaryFolder } from './temporary-folder.ts';

const reason = process.platform === 'linux' ? undefined : 'it reads /proc';
const noMount = reason ?? (await whyNoMount());

let program = '';
beforeAll(async () => {
  configureEvents({ sinks: [] });
  program = await bundleProgram(temporaryFolder());
});
afterAll(() => void configureEvents({ sinks: [] }));

describe.skipIf(reason)(`a store whose process is killed${reason ? `: ${reason}` : ''}`, () => {
  it('has what was acknowledged, and nothing else is left or was served', async () => {
    const report = await proveKills(program, 'disk', temporaryFolder(), 5);
    expect(report).toMatchObject({ kills: 5, served: 0, lost: 0, left: 0 });
    expect(report.doubtful).toBeLessThanOrEqual(5);
    // Nothing was proved if nothing happened.
    expect(Math.min(report.acknowledged, report.reads)).toBeGreaterThan(0);
  });

  it('serves halves if it writes to the final name, so that this test can fail', async () => {
    const report = await proveKills(program, 'naive', temporaryFolder(), 3);
    expect(report.served).toBeGreaterThan(0);
  });
});

describe.skipIf(noMount)(`a store on a full disk${noMount ? `: ${noMount}` : ''}`, () => {
  const storageFull = Array.from({ length: 10 }, () => 'upload/store-full 507');

  it.each(['size=2m', 'size=20m,nr_inodes=64'])(
    'says so, leaves nothing, and stores again once there is room: %s',
    async (options) => {
      const report = await fillDisk(program, 'disk', temporaryFolder(), options);
      expect(report).toMatchObject({
        ...{
          errors: storageFull,
          damaged: 0,
          unacknowledged: 0,
          left: 0,
          storedAgain: true,
          sweptWhenFull: 1,
        },
      });
      expect(report.stored).toBeGreaterThan(5);
    },
  );

  it('leaves halves if it writes to the final name, so that this test can fail', async () => {
    const report = await fillDisk(program, 'naive', temporaryFolder(), 'size=2m');
    expect(report.unacknowledged).toBeGreaterThan(0);
  });
});
