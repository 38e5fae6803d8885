import type { Certainty } from './ci-model.ts';
import { type ShellToken, shellTokens } from './shell-words.ts';

export interface ShellCommand {
  readonly words: readonly string[];
  /** Whether the script goes on when it fails. */
  readonly ignored: Certainty;
  /** Whether it runs: `maybe` behind a condition. */
  readonly runs: Certainty;
}

export interface ShellMode {
  /** `set -e`: a command that fails ends the script. Without it only the last one counts. */
  readonly stopsOnError: boolean;
  /** `set -o pipefail` */
  readonly pipefail: boolean;
}

/** Words that open a block; what a `for` has inside is taken to run. */
const opening = new Set(['if', 'case', 'while', 'until', 'for']);
const leading = new Set(['then', 'else', 'do', 'elif', '!', 'time']);
const closers = new Set(['fi', 'esac', 'done']);
/** What stands behind `||` and makes a failure harmless. */
const harmless = /^(true|:|echo|printf|exit 0|return 0|warn\w*|cat|date)( |$)/;
const fatal = /^(false|exit( [1-9$]\S*)?|return( [1-9]\d*)?|die|kill)( |$)/;

interface Part {
  readonly words: string[];
  readonly before: string;
  readonly depth: number;
  /** In the condition of an `if`. */
  readonly isCondition: boolean;
  readonly isNegated: boolean;
  after: string;
}

/** The commands of a script, those in conditions, loops and substitutions too, in order. */
export function shellCommands(text: string, mode: ShellMode, depth = 0): readonly ShellCommand[] {
  const parts = split(shellTokens(text));
  const script = parts.map(({ words }) => words.join(' '));
  const setsE = /(^|\s)-\w*e|errexit/;
  const turnedOn = script.some((line) => line.startsWith('set ') && setsE.test(line));
  const turnedOff = script.some((line) => /^set \+\w*e/.test(line));
  const pipefail =
    mode.pipefail || script.some((line) => line.startsWith('set ') && line.includes('pipefail'));
  const stops = { stopsOnError: mode.stopsOnError || turnedOn, pipefail };
  return parts.flatMap((part, index) => {
    const ignored = ignoredOf(part, index, parts, stops);
    const command: ShellCommand = {
      words: part.words,
      ignored: turnedOff && ignored === 'no' ? 'maybe' : ignored,
      runs: runsOf(part, index, parts),
    };
    return [...(depth < 3 ? substituted(part.words, stops, depth) : []), command];
  });
}

/** The commands in `$(...)`: whether their failure counts depends on what is done with the result. */
function substituted(words: readonly string[], mode: ShellMode, depth: number): readonly ShellCommand[] {
  return words.flatMap((word) =>
    [...word.matchAll(/\$\((?!\()([\s\S]{1,2000})\)/g)].flatMap(([, inside = '']) =>
      shellCommands(inside, mode, depth + 1).map(
        (one): ShellCommand => ({ ...one, ignored: one.ignored === 'yes' ? 'yes' : 'maybe' }),
      ),
    ),
  );
}

function split(tokens: readonly ShellToken[]): Part[] {
  const parts: Part[] = [];
  const blocks: string[] = [];
  let words: string[] = [];
  let before = ';';
  let isCondition = false;
  let isNegated = false;
  const close = (operator: string): void => {
    const last = parts.at(-1);
    if (words.length > 0 && words[0] !== 'for') {
      const depth = blocks.filter((block) => block !== 'for').length;
      parts.push({ words, before, depth, isCondition, isNegated, after: operator });
    } else if (last && last.after !== '&&' && last.after !== '||' && /^[&|]/.test(operator)) {
      // Behind the end of a block: `fi || true`, `) | tee`.
      last.after = operator;
    }
    if (words.length > 0 || operator !== '\n') before = operator;
    words = [];
    isNegated = false;
  };
  for (const token of tokens) {
    if ('operator' in token) {
      close(token.operator);
      continue;
    }
    const { word } = token;
    if (words.length > 0) {
      words.push(word);
    } else if (opening.has(word)) {
      blocks.push(word);
      if (word === 'for') words.push(word);
      isCondition = word === 'if' || word === 'while' || word === 'until';
    } else if (leading.has(word)) {
      if (word === '!') isNegated = true;
      else if (word !== 'time') isCondition = word === 'elif';
      if (word !== '!' && word !== 'time') before = ';';
    } else if (closers.has(word)) {
      blocks.pop();
    } else {
      words.push(word);
    }
  }
  close(';');
  return parts;
}

function ignoredOf(part: Part, index: number, parts: readonly Part[], mode: ShellMode): Certainty {
  if (part.isCondition) return 'maybe';
  if (part.isNegated || part.after === '&') return 'yes';
  if (part.after === '|' && !mode.pipefail) return 'yes';
  for (let next = index; next < parts.length && next < index + 20; next++) {
    const after = parts[next]?.after;
    if (after === '&&' || after === '|') continue;
    if (after !== '||') break;
    const other = (parts[next + 1]?.words ?? []).join(' ');
    if (fatal.test(other)) return 'no';
    // `(echo "no"; exit 1)`
    if (harmless.test(other))
      return /^(echo|printf)/.test(other) && fatal.test((parts[next + 2]?.words ?? []).join(' '))
        ? 'no'
        : 'yes';
    return 'maybe';
  }
  const isLast = index === parts.length - 1;
  return mode.stopsOnError || isLast || part.after === '&&' ? 'no' : 'yes';
}

function runsOf(part: Part, index: number, parts: readonly Part[]): Certainty {
  if (part.before === '||') return 'maybe';
  const previous = parts[index - 1]?.words[0];
  if (part.before === '&&' && (previous === '[' || previous === '[[' || previous === 'test')) return 'maybe';
  return part.depth > 0 && !part.isCondition ? 'maybe' : 'yes';
}
