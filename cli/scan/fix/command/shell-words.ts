import type { Hole, TextPart } from '../text-part.ts';
import { type ProgramOptions, programOptions } from './program-options.ts';

/** A word of a shell command, as a sequence of literal texts and inserted values. */
export type ShellWord = readonly (string | Hole)[];

export interface CommandWords {
  readonly words: readonly ShellWord[];
  /** Whether the program's option syntax is known, and the program reads no value as an option. */
  readonly isCertain: boolean;
}

/** Words and builtins that need a shell. */
const shellsOwn: ReadonlySet<string> = new Set(
  (
    'cd source . export set unset alias eval exec type ulimit umask wait command read trap sh bash dash zsh ksh fish cmd ' +
    'powershell pwsh dir copy del start npm npx yarn pnpm'
  ).split(' '),
);

/**
 * Splits a command into the program and its arguments. Undefined if a shell would do more than that, as for variables,
 * patterns, pipes or redirections. Also undefined unless the program is a literal and at least one argument contains an
 * inserted value.
 */
export function shellWords(parts: readonly TextPart[]): CommandWords | undefined {
  const words: (string | Hole)[][] = [];
  let word: (string | Hole)[] | undefined;
  let quote = '';
  const add = (piece: string | Hole): void => {
    if (!word) {
      word = [];
      words.push(word);
    }
    const last = word.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') word[word.length - 1] = last + piece;
    else word.push(piece);
  };
  for (const part of parts) {
    if (part.kind === 'hole') {
      add(part);
      continue;
    }
    for (const letter of part.text) {
      if (letter === quote) quote = '';
      else if (quote === '' && (letter === '"' || letter === "'")) {
        quote = letter;
        add('');
      } else if (quote === '' && (letter === ' ' || letter === '\t')) word = undefined;
      else if (isPlain(letter, quote)) add(letter);
      else return undefined;
    }
  }
  const clean = words.map((pieces) => (pieces.length > 1 ? pieces.filter((piece) => piece !== '') : pieces));
  const [program] = clean;
  const isWritten = program?.length === 1 && typeof program[0] === 'string' && /^[\w./-]+$/.test(program[0]);
  if (quote !== '' || !isWritten || shellsOwn.has(program[0] as string)) return undefined;
  const isBuilt = clean.some((pieces) => pieces.some((piece) => typeof piece !== 'string'));
  if (!isBuilt) return undefined;
  const ended = withOptionsEnded(clean);
  return { words: ended ?? clean, isCertain: ended !== undefined };
}

/**
 * The words with the end of options before the first value that is an argument of its own, as it could start with a dash
 * (CWE-88). Undefined if that may be wrong.
 */
function withOptionsEnded(words: readonly ShellWord[]): readonly ShellWord[] | undefined {
  const letters = words.map((word) =>
    word.every((piece) => typeof piece === 'string') ? word.join('') : '',
  );
  const options = programOptions(letters);
  if (!options) return undefined;
  const first = /(?:^|\/)git$/.test(letters[0] ?? '') ? 2 : 1;
  let isEnded = false;
  let ends: number | undefined;
  for (let i = first; i < words.length; i++) {
    const [start = ''] = words[i] ?? [];
    const isBundle = i === 1 && letters[0] === 'tar' && /^[cxt][a-z]*f$/.test(letters[1] ?? '');
    if (isEnded) continue;
    if (typeof start !== 'string') {
      if (!options.end) return undefined;
      ends ??= i;
    } else if (start === '--') isEnded = true;
    else if (isBundle || options.values.has(start)) i++;
    else if (/^-./.test(start)) {
      // After the end of options it would be read as a name.
      const isKnown =
        options.flags.has(start) ||
        isFlags(start, options) ||
        /^--[a-z][\w-]*=/.test(start) ||
        /^-\d+$/.test(start);
      if (!isKnown || ends !== undefined) return undefined;
    }
  }
  if (ends === undefined) return words;
  if (isEnded && options.end === '--') return undefined;
  return [...words.slice(0, ends), [options.end as string], ...words.slice(ends)];
}

/**
 * Whether the code of a value suggests several words, such as `flags` or `extraArgs`. A shell would split the value,
 * but a program receives it as one argument.
 */
export function mayBeSeveralWords(code: string): boolean {
  return /(?:arg|argument|flag|opt|option|param|parameter|switche|extra)s?\b[^\w]*$/i.test(code);
}

/** `-rn`: several flags of one letter. */
function isFlags(word: string, { flags }: ProgramOptions): boolean {
  return /^-[A-Za-z\d]{2,9}$/.test(word) && [...word.slice(1)].every((letter) => flags.has(`-${letter}`));
}

/** A letter without a meaning for a shell. Quotes allow more of them. */
function isPlain(letter: string, quote: string): boolean {
  return /[\p{L}\p{N}_./=:,+@-]/u.test(letter) || (quote !== '' && /[ ()[\]{}<>|;&*?#~^]/.test(letter));
}
