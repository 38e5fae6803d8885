import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { proveCuts } from './store-cut.ts';
import { leftIn } from './store-files.ts';
import { temporaryFolder } from './temporary-folder.ts';

beforeAll(() => void configureEvents({ sinks: [] }));

describe('a store whose uploads are cut', () => {
  it('has nothing of them, at any of 200 offsets', async () => {
    const folder = temporaryFolder();
    const report = await proveCuts('disk', folder, 200);
    expect(report).toMatchObject({ cuts: 200, acknowledged: 0, left: 0, whole: 10, equal: 10 });
    expect(report.reached).toBeGreaterThan(180);
    expect(Object.keys(report.refused).every((code) => code.startsWith('upload/'))).toBe(true);
    // Three names for each of the whole uploads: its folder, its bytes, its record.
    expect(leftIn(folder)).toHaveLength(30);
  });

  it('keeps halves if it writes to the final name, so that this test can fail', async () => {
    const report = await proveCuts('naive', temporaryFolder(), 20);
    expect(report.left).toBeGreaterThan(10);
  });
});
