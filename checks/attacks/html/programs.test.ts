import { configureEvents } from 'bulwark/event';
import { expect, test } from 'vitest';
import { astray, type Result } from './astray.ts';
import { latePrograms } from './late-programs.ts';
import { longPrograms } from './long-programs.ts';
import { noncePrograms } from './nonce-programs.ts';
import { objectPrograms } from './object-programs.ts';
import type { ProgramCase } from './program-case.ts';
import { streamPrograms } from './stream-programs.ts';
import { tagPrograms } from './tag-programs.ts';
import { typedPrograms } from './typed-programs.ts';

const hostilePrograms = [
  ...tagPrograms,
  ...objectPrograms,
  ...longPrograms,
  ...typedPrograms,
  ...noncePrograms,
];
const waitingPrograms = [...streamPrograms, ...latePrograms];

configureEvents({ sinks: [{ name: 'nowhere', write: () => undefined }] });

/** Runs pieces of programs, written from the contract alone, each of which throws where a promise is broken. */
async function run(programs: readonly ProgramCase[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const of of programs) {
    const wrong: string[] = [];
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error('does not end')), 3000);
    });
    try {
      await Promise.race([of.run(), late]);
    } catch (error) {
      wrong.push(String(error).slice(0, 300));
    } finally {
      clearTimeout(timer);
    }
    results.push([of, wrong]);
  }
  return results;
}

test('hostile values, tags and templates', async () => {
  expect(astray(await run(hostilePrograms))).toEqual([]);
});

test('pages that are sent while they are made', async () => {
  expect(astray(await run(waitingPrograms))).toEqual([]);
});

test('there are as many cases as there should be', () => {
  const all = [...hostilePrograms, ...waitingPrograms];
  expect(all.filter((of) => of.kind === 'attack').length).toBeGreaterThan(150);
  expect(all.filter((of) => of.kind === 'use').length).toBeGreaterThan(40);
});
