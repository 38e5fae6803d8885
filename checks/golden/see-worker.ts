import type { Answer, Job } from './see-corpora.ts';
import { seeUnit } from './see-unit.ts';

/** Scans units for the process that started this one, which ends it. */
process.on('message', async ({ corpus, unit }: Job) => {
  let answer: Answer;
  try {
    answer = { seen: await seeUnit(corpus, unit) };
  } catch (error) {
    answer = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.send?.(answer);
});
process.on('disconnect', () => process.exit());
