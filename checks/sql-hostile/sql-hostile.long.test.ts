import { describe } from 'vitest';
import { hostileTexts } from './hostile-texts.ts';
import { drivers, pglite } from './open-databases.ts';
import { runTests } from './run-tests.ts';
import { writtenTests } from './written-tests.ts';

describe('written', () => writtenTests(hostileTexts(6000)));

for (const { name, dialect, missing, open } of [...drivers, pglite]) {
  describe.skipIf(missing)(`on ${name}${missing ? `: ${missing}` : ''}`, () => {
    // PGlite decodes rows by a TextDecoder that drops U+FEFF at the start of a text (0.5.16).
    const texts = hostileTexts(1200).filter((text) => name !== 'PGlite' || !text.startsWith('\ufeff'));
    runTests(dialect, texts, open);
  });
}
