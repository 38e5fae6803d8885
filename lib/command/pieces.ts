import { refuse } from '../internal/refuse.ts';
import { isSafePath } from '../path/safe-path.ts';
import { deny } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { contentOf, mostItems } from './args.ts';
import type { Piece } from './command-value.ts';
import { isTypedFile } from './program/typed-file.ts';
import type { Word } from './template-words.ts';

/** The most levels of nested fragments. More is a loop in the program that builds them. */
const deepest = 32;

/**
 * The arguments of a template, with its fragments inserted.
 *
 * @throws Refusal `command/missing-value`, `command/too-long`
 * @throws Misuse `command/misplaced-value` for a fragment that has text before it
 */
export function piecesOf(
  program: string,
  words: readonly Word[],
  values: readonly unknown[],
): readonly Piece[] {
  const pieces: Piece[] = [];
  add(words, values, 0);
  return pieces;

  function add(ownWords: readonly Word[], ownValues: readonly unknown[], depth: number): void {
    if (depth > deepest)
      throw new Misuse('command/misplaced-value', `Fragments are nested ${deepest} levels at most.`);
    for (const { prefix, hole } of ownWords) {
      if (pieces.length >= mostItems) refuse(deny('command/too-long', { program, limit: tooMany }));
      const value = hole === undefined ? undefined : ownValues[hole];
      const fragment = contentOf(value);
      if (hole === undefined) pieces.push({ prefix, value: undefined });
      else if (fragment === undefined) pieces.push({ prefix, value: taken(value, prefix) });
      else if (prefix === '') add(fragment.words, fragment.values, depth + 1);
      else
        throw new Misuse('command/misplaced-value', `A fragment follows ${prefix}.`, { hint: fragmentHint });
    }
  }

  function taken(value: unknown, prefix: string): NonNullable<Piece['value']> {
    if (typeof value === 'string' || typeof value === 'bigint') return String(value);
    if (typeof value === 'number' && Number.isFinite(value)) return String(value);
    if (isSafePath(value) || isTypedFile(value)) return value;
    const position = prefix === '' ? `argument ${pieces.length + 1}` : prefix;
    return refuse(deny('command/missing-value', { program, position, type: typeOf(value) }));
  }
}

const tooMany = `${mostItems.toLocaleString('en')} arguments`;
const fragmentHint = 'A fragment is one or more whole arguments: put a space before it.';

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return 'a number that is not finite';
  return Array.isArray(value) ? 'a list' : typeof value;
}
