import { Misuse } from '../refusal/misuse.ts';
import type { Piece } from './command-value.ts';
import type { ForbiddenOption, ProgramRules } from './program/program-rules.ts';

/** A shorter word could be an abbreviation of many options. */
const leastAbbreviation = '--x'.length + 1;

/**
 * Refuses dangerous options in the programmer's own words, also abbreviated (`--upload-p`), with a value (`--upload-pack=x`) and in a cluster of
 * short options (`-xIz`).
 *
 * @throws Misuse `command/forbidden-option`
 */
export function refuseForbidden(
  rules: ProgramRules,
  pieces: readonly Piece[],
  allow: ReadonlySet<string>,
): void {
  const forbidden = (rules.forbiddenOptions ?? []).filter(({ option }) => !allow.has(option));
  if (forbidden.length === 0) return;
  for (const { prefix, value } of pieces) {
    if (value === undefined && prefix === rules.endOfOptions?.marker) return;
    const found = forbidden.find((entry) => isOption(prefix, entry));
    if (found === undefined) continue;
    throw new Misuse('command/forbidden-option', `${found.option} of ${rules.name} ${found.because}.`);
  }
}

function isOption(word: string, { option }: ForbiddenOption): boolean {
  const name = word.split('=', 1)[0] ?? '';
  if (name === option) return true;
  // ffmpeg names a stream after a colon, and Ghostscript also gives a value after a hash sign.
  if (option.length > 2 && (word.startsWith(`${option}:`) || word.startsWith(`${option}#`))) return true;
  if (option.startsWith('--')) {
    return name.length >= leastAbbreviation && name.startsWith('--') && option.startsWith(name);
  }
  const letter = /^-([A-Za-z0-9])$/.exec(option)?.[1];
  if (letter === undefined) return false;
  return word.startsWith(option) || (/^-[A-Za-z0-9]+$/.test(word) && word.includes(letter));
}
