import fc from 'fast-check';
import { nastyList, nastyText } from './nasty-text.ts';

type Disagree = (text: string) => string | undefined | Promise<string | undefined>;

/** How many of the texts the database took a side on. Fails, with the shortest text, where it disagrees on one. */
export async function fuzz(disagree: Disagree, runs: number, seed: number): Promise<number> {
  let decided = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(nastyText, nastyList), async (text) => {
      const answer = await disagree(text);
      if (answer === 'refused') return;
      decided++;
      if (answer !== undefined) throw new Error(`The database disagrees: ${answer}`);
    }),
    { numRuns: runs, seed },
  );
  return decided;
}
