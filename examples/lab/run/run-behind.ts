import type { RunWatch } from './run-progress.ts';

/**
 * Waits for the run behind the page. Whatever ends it early is told to those who watch, and ends nothing else: the page
 * and its shops need nothing of the run.
 */
export async function runBehind(
  watch: Pick<RunWatch, 'say'>,
  run: () => Promise<unknown>,
  isEnding: () => boolean,
): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (isEnding()) return;
    watch.say('The run stopped early');
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`\nThe run behind the page stopped early: ${reason}`);
    console.error('The page and both shops go on. `npm start -- --once` runs all attacks again.');
  }
}
