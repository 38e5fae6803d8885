import { describe } from 'vitest';
import { hostileTexts } from './hostile-texts.ts';
import { drivers, pglite } from './open-databases.ts';
import { runTests } from './run-tests.ts';
import { writtenTests } from './written-tests.ts';

describe('written', () => writtenTests(hostileTexts(6000)));

for (const { name, dialect, missing, open } of [...drivers, pglite]) {
  describe.skipIf(missing)(`on ${name}${missing ? `: ${missing}` : ''}`, () => {
    runTests(dialect, hostileTexts(1200), open);
  });
}
