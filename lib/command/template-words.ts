import { Misuse } from '../refusal/misuse.ts';
import { shellSyntax } from './shell-syntax.ts';

/** One word of a template: literal text, or text that ends with a value. */
export interface Word {
  readonly prefix: string;
  /** The number of the value at its end. */
  readonly hole: number | undefined;
}

const sites = new WeakMap<readonly string[], readonly Word[]>();
const hole = '\0';

/**
 * The words of a template. JavaScript gives each call site one frozen list of strings, so each is parsed only once.
 *
 * @throws Misuse `command/not-a-template`, `command/no-shell`, `command/misplaced-value`
 */
export function wordsOf(strings: TemplateStringsArray, count: number): readonly Word[] {
  const known = sites.get(strings);
  if (!(known || isTemplate(strings)) || strings.length !== count + 1)
    throw new Misuse('command/not-a-template');
  if (known) return known;
  const words = readWords(strings);
  sites.set(strings, words);
  return words;
}

/** True for what JavaScript passes to a tag. A request can't contain such a value, and no developer would write one by hand. */
export function isTemplate(strings: unknown): strings is TemplateStringsArray {
  if (!Array.isArray(strings) || !Object.isFrozen(strings) || strings.length === 0) return false;
  const raw = Object.getOwnPropertyDescriptor(strings, 'raw');
  return raw !== undefined && !raw.enumerable && Array.isArray(raw.value) && Object.isFrozen(raw.value);
}

function readWords(strings: TemplateStringsArray): readonly Word[] {
  // JavaScript reads escapes before the program could: `\d` has already become `d`.
  if (strings.raw.some((text) => text.includes('\\')))
    throw new Misuse('command/no-shell', 'It has a backslash.');
  if (strings.some((text) => text.includes(hole))) throw new Misuse('command/no-shell', 'It has a NUL.');
  const texts = strings.join(hole).split(/[ \t\r\n]+/);
  let next = 0;
  const words: Word[] = [];
  for (const text of texts) {
    if (text === '') continue;
    const found = shellSyntax(text.replaceAll(hole, ''));
    if (found !== undefined) throw new Misuse('command/no-shell', `It has ${found} in ${shown(text)}.`);
    const at = text.indexOf(hole);
    if (at !== -1) requireEnd(text, at);
    words.push(
      Object.freeze({ prefix: at === -1 ? text : text.slice(0, at), hole: at === -1 ? undefined : next++ }),
    );
  }
  return Object.freeze(words);
}

function requireEnd(text: string, at: number): void {
  if (at < text.length - 1) throw new Misuse('command/misplaced-value', `It is ${shown(text)}.`);
  // `-n` may be one letter of several, and the value the others.
  if (/^-[^=]*$/.test(text.slice(0, at))) {
    throw new Misuse('command/misplaced-value', `It is ${shown(text)}, and could add options of its own.`);
  }
}

function shown(text: string): string {
  const longest = 80;
  const whole = text.replaceAll(hole, `\${...}`);
  return whole.length > longest ? `${whole.slice(0, longest)}...` : whole;
}
