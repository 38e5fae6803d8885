import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startVitest, type TestModule } from 'vitest/node';
import { skippedIn } from './skipped-reporter.ts';

const tests = `
import { describe, expect, it } from 'vitest';
describe.skipIf(true)('a suite: no browser here', () => {
  it('one', () => {});
  it('two', () => {});
});
describe('another suite', () => {
  it('runs', () => expect(1).toBe(1));
  it('has no address', (context) => context.skip('only loopback'));
});
`;

describe('the list of what was skipped', () => {
  let folder = '';

  beforeAll(() => {
    // Inside the repository, as the test file must find vitest.
    folder = mkdtempSync(fileURLToPath(new URL('../../node_modules/.skipped-', import.meta.url)));
    writeFileSync(join(folder, 'some.test.mjs'), tests);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('names suites and tests with their reasons, and nothing that ran', async () => {
    const vitest = await startVitest('test', [], {
      ...{ root: folder, config: false, watch: false, reporters: [{}] },
      ...{ include: ['*.test.mjs'], exclude: [], typecheck: { enabled: false } },
    });
    const lines = vitest.state.getTestModules().flatMap((module: TestModule) => skippedIn(module));
    await vitest.close();
    expect(lines).toEqual([
      'a suite: no browser here (2 tests)',
      'another suite > has no address: only loopback',
    ]);
  });
});
