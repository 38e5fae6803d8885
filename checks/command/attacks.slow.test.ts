import { describe, expect, it } from 'vitest';
import { findProgram } from '../machine/program.ts';
import { runSealed, whyNotSealed } from '../machine/sealed.ts';
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
];
const absent = programs.filter((name) => findProgram(name) === undefined);
const reason = absent.length > 0 ? `${absent.join(', ')} not installed` : whyNotSealed();
const program = new URL('./attacks-run.ts', import.meta.url);

// A few of each kind: attacks.long.test.ts has them all.
describe.skipIf(reason)(`some attacks on real programs${reason ? `: ${reason}` : ''}`, () => {
  it('land through execFile, and not through commands', { timeout: 120_000 }, async () => {
    const runs = [
      { corpus: 'git', every: 31 },
      { corpus: 'archives', every: 23 },
      { corpus: 'network', every: 17 },
      { corpus: 'tools', every: 23 },
      { corpus: 'files', every: 37 },
    ];
    const found = (await runSealed(program, { addresses: [] }, { runs }, {}, 110_000)) as Report[];
    expect(found.filter(({ guarded }) => guarded.length > 0)).toEqual([]);
    expect(
      new Set(found.filter(({ control }) => control.length > 0).map(({ program: name }) => name)).size,
    ).toBeGreaterThan(4);
  });
});
