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
  it.for([
    ['git', 23],
    ['archives', 19],
    ['network', 13],
    ['tools', 23],
    ['files', 31],
  ] as const)('%s: they land through execFile, and not through commands', async ([corpus, every]) => {
    const found = (await runSealed(program, { addresses: [] }, { corpus, every })) as Report[];
    expect(found.filter(({ guarded }) => guarded.length > 0)).toEqual([]);
    expect(found.filter(({ control }) => control.length > 0).length).toBeGreaterThan(0);
  });
});
