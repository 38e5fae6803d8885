import type { Reporter, TestCase, TestModule, TestSuite, Vitest } from 'vitest/node';

/**
 * Names at the end of a run what did not run, so that a green line cannot hide it. The reason is the note of
 * `context.skip(note)`, or stands in the name: `describe.skipIf(reason)('... : reason', ...)`.
 */
export default class SkippedReporter implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    // With a filter by name, what was filtered out counts as skipped; nobody needs a list of that.
    if (this.#vitest?.config.testNamePattern) return;
    const lines = modules.flatMap((module) =>
      skippedIn(module).map((text) => `${module.relativeModuleId}: ${text}`),
    );
    if (lines.length === 0) return;
    this.#vitest?.logger.log(`\nSkipped:\n${lines.map((line) => `  ${line}`).join('\n')}\n`);
  }
}

/** One line for a suite of which nothing ran, one for each test that was skipped beside others that ran. */
export function skippedIn(parent: TestModule | TestSuite): string[] {
  return [...parent.children].flatMap((child) => {
    if (child.type === 'test') return isSkipped(child) ? [sentence(child)] : [];
    const tests = [...child.children.allTests()];
    if (tests.length === 0 || !tests.every(isSkipped)) return skippedIn(child);
    const notes = new Set(tests.map(noteOf).filter((note) => note !== undefined));
    return [`${child.fullName} (${tests.length} tests)${notes.size > 0 ? `: ${[...notes].join('; ')}` : ''}`];
  });
}

function isSkipped(test: TestCase): boolean {
  return test.result().state === 'skipped';
}

function sentence(test: TestCase): string {
  const note = noteOf(test);
  return note === undefined ? test.fullName : `${test.fullName}: ${note}`;
}

function noteOf(test: TestCase): string | undefined {
  const result = test.result();
  return result.state === 'skipped' ? result.note : undefined;
}
