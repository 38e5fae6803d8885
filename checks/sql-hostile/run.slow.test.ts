import { describe } from 'vitest';
import { hostileTexts } from './hostile-texts.ts';
import { drivers } from './open-databases.ts';
import { runTests } from './run-tests.ts';

const texts = hostileTexts(60).filter((_, i) => i % 4 === 0);

for (const { name, dialect, missing, open } of drivers) {
  describe.skipIf(missing)(`on ${name}${missing ? `: ${missing}` : ''}`, () =>
    runTests(dialect, texts, open),
  );
}
