import { describe, expect, it } from 'vitest';
import { findProgram } from '../machine/program.ts';
import { runSealed, whyNotSealed } from '../machine/sealed.ts';
import { corpora } from './attacks-all.ts';
import type { Report } from './attacks-run.ts';

const programs = [
  'git',
  'tar',
  'zip',
  'unzip',
  'rsync',
  'find',
  'grep',
  'sort',
  'curl',
  'ssh',
  'magick',
  'gs',
  'ffmpeg',
];
const absent = programs.filter((name) => findProgram(name) === undefined);
const reason = absent.length > 0 ? `${absent.join(', ')} not installed` : whyNotSealed();
const program = new URL('./attacks-run.ts', import.meta.url);

describe.skipIf(reason)(`attacks on real programs, without a network${reason ? `: ${reason}` : ''}`, () => {
  const reports: Report[] = [];

  for (const corpus of Object.keys(corpora)) {
    it(`no attack of "${corpus}" has an effect through commands`, async () => {
      const found = (await runSealed(
        program,
        { addresses: [] },
        { runs: [{ corpus, every: 1 }] },
        {},
        900_000,
      )) as Report[];
      reports.push(...found);
      expect(found.filter(({ guarded }) => guarded.length > 0)).toEqual([]);
      expect(found).toHaveLength(corpora[corpus as keyof typeof corpora].length);
    });
  }

  it('most have one through plain execFile: 300 attacks, 100 of them by contents', () => {
    const landed = reports.filter(({ control }) => control.length > 0);
    process.stdout.write(
      `${landed.length} of ${reports.length} attacks land through execFile, ${landed.filter(({ content }) => content).length} of them by contents.\n`,
    );
    expect(landed.length).toBeGreaterThanOrEqual(300);
    expect(landed.filter(({ content }) => content).length).toBeGreaterThanOrEqual(100);
  });
});
