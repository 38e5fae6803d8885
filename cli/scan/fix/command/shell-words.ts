import type { Hole, TextPart } from '../text-part.ts';

/** A word of a command: letters and values that stand together. */
export type ShellWord = readonly (string | Hole)[];

/** What a shell does itself, or what needs one. */
const shellsOwn: ReadonlySet<string> = new Set(
  (
    'cd source . export set unset alias eval exec type ulimit umask wait command read trap sh bash dash zsh ksh fish cmd ' +
    'powershell pwsh dir copy del start npm npx yarn pnpm'
  ).split(' '),
);

/**
 * The program and its arguments, where a shell would do nothing but part the words: no variables, patterns, pipes or
 * redirections. The program is written there, and at least one value is among the arguments.
 */
export function shellWords(parts: readonly TextPart[]): ShellWord[] | undefined {
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
  return isBuilt ? withoutOptionsOfOthers(clean) : undefined;
}

/** In front of the first name that is a value, git is told that no option follows: the value could begin with a dash. */
function withoutOptionsOfOthers(words: ShellWord[]): ShellWord[] {
  const [program] = words;
  if (program?.[0] !== 'git' || words.some(([first]) => first === '--')) return words;
  const at = words.findIndex(([first], i) => i > 1 && typeof first === 'object');
  const [before = '', ...more] = words[at - 1] ?? [];
  const takesValue = typeof before === 'string' && /^-[^=]*$/.test(before) && more.length === 0;
  if (at < 0 || (takesValue && !/^-\d+$/.test(before))) return words;
  return [...words.slice(0, at), ['--end-of-options'], ...words.slice(at)];
}

/** A letter that no shell gives a meaning to; in quotes there are more of them. */
function isPlain(letter: string, quote: string): boolean {
  return /[\p{L}\p{N}_./=:,+@-]/u.test(letter) || (quote !== '' && /[ ()[\]{}<>|;&*?#~^]/.test(letter));
}
