import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readAnswer } from './read-answer.ts';

const words = fc.constantFrom(
  'stream: ',
  'OK',
  ' FOUND',
  ' ERROR',
  '\0',
  '\n',
  ' ',
  'Eicar',
  '1: ',
  'INSTREAM',
);
const answers = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(words, { maxLength: 6 }).map((parts) => parts.join('')),
);

it('only the exact words mean clean', () => {
  fc.assert(
    fc.property(answers, (answer) => {
      const scan = readAnswer(answer);
      const isClean = 'clean' in scan && scan.clean;
      expect(isClean).toBe(answer === 'stream: OK\0');
    }),
    { numRuns: 3_000 },
  );
});

it('text for the log is short and printable', () => {
  fc.assert(
    fc.property(answers, (answer) => {
      const scan = readAnswer(answer);
      const told = 'unknown' in scan ? scan.unknown : scan.clean ? '' : scan.signature;
      expect(told).toMatch(/^[\x20-\x7e]{0,207}$/);
    }),
    { numRuns: 1_000 },
  );
});
