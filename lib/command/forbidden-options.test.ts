import { expect, it } from 'vitest';
import { refuseForbidden } from './forbidden-options.ts';
import { ffmpeg } from './program/ffmpeg.ts';
import { ghostscript } from './program/ghostscript.ts';
import type { ProgramRules } from './program/program-rules.ts';

const judged = (rules: ProgramRules, word: string) => (): void =>
  refuseForbidden(rules, [{ prefix: word, value: undefined }], new Set());

it.each(['-dNOSAFER', '-DNOSAFER', '-dNOSAFER=true', '-DNOSAFER#true', '-DDELAYSAFER'])(
  'Ghostscript gets no %s, in whatever way it is written',
  (word) => {
    expect(judged(ghostscript(), word)).toThrow(
      expect.objectContaining({ code: 'command/forbidden-option' }),
    );
  },
);

it.each(['-filter_script', '-filter_script:v', '-filter_script:v:0', '-vpre:1'])(
  'ffmpeg gets no %s, for whatever stream',
  (word) => {
    expect(judged(ffmpeg, word)).toThrow(expect.objectContaining({ code: 'command/forbidden-option' }));
  },
);

it('accepts options that only begin alike', () => {
  for (const word of ['-filter:v', '-filter_scripts', '-c:v']) expect(judged(ffmpeg, word)).not.toThrow();
  for (const word of ['-dNOSAFERX', '-dNOPAUSE', '-DNOPAUSE', '-sDEVICE=png16m']) {
    expect(judged(ghostscript(), word)).not.toThrow();
  }
});
