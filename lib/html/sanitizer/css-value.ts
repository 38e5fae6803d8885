/** What one word of a value may be. A RegExp matches the whole word, in lower case. */
export type CssWord = RegExp;

export interface CssGrammar {
  /** Each word of the value is one of these. */
  readonly words: readonly CssWord[];
  /** At most so many words. */
  readonly most: number;
  /** Words that are parted by commas, as in a list of fonts. */
  readonly commas?: true;
}

const number = '(?:\\d{1,4}(?:\\.\\d{1,6})?|\\.\\d{1,6})';
export const lengthWord: CssWord = new RegExp(`^(?:0|${number}(?:px|pt|em|rem|ex|ch|cm|mm|in|pc|q|%))$`);
export const signedLengthWord: CssWord = new RegExp(
  `^[+-]?(?:0|${number}(?:px|pt|em|rem|ex|ch|cm|mm|in|pc|q))$`,
);
export const numberWord: CssWord = new RegExp(`^${number}$`);
/** A name of a color is any word of letters: one that is none is no value, and CSS drops it. */
export const colorWord: CssWord =
  /^(?:#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})|[a-z]{3,24}|(?:rgb|hsl)a?\([0-9.,%/ +-]{1,60}(?:deg)?[0-9.,%/ +-]{0,60}\))$/;
const fontWord: CssWord = /^(?:[a-z_-][a-z0-9_-]{0,40}|"[\w .-]{1,60}"|'[\w .-]{1,60}')$/;

/** A word that is one of `names`. */
export function oneOf(names: string): CssWord {
  return new RegExp(`^(?:${names.replaceAll(' ', '|')})$`);
}

export function words(most: number, ...allowed: readonly CssWord[]): CssGrammar {
  return { words: allowed, most };
}

export const fontList: CssGrammar = { words: [fontWord], most: 40, commas: true };

/**
 * The value as it is written into a `style` attribute, or undefined where it is not in the grammar. Words are in lower
 * case and parted by one space, so that reading it again gives the same text.
 */
export function allowedCssValue(value: string, grammar: CssGrammar): string | undefined {
  const found = grammar.commas ? splitFonts(value) : splitWords(value.toLowerCase());
  if (found === undefined || found.length === 0 || found.length > grammar.most) return undefined;
  for (const word of found) {
    const bare = word.toLowerCase();
    if (!grammar.words.some((allowed) => allowed.test(bare)) || refusedWords.test(bare)) return undefined;
  }
  return found.join(grammar.commas ? ', ' : ' ');
}

/** These take what the page around has, or undo its rules. */
const refusedWords: RegExp = /^(?:revert|revert-layer|expression|url|attr|var|env|calc|image)$/;

/** Words at white space, with what is in brackets kept together and its own white space made one. */
function splitWords(value: string): readonly string[] | undefined {
  const tight = value.replace(
    /\(([^()]*)\)/g,
    (_, inner: string) => `(${inner.trim().replace(/\s+/g, '\u0001')})`,
  );
  if (/[(][^)]*[(]|[";']/.test(tight)) return undefined;
  return tight
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => word.replaceAll('\u0001', ' '));
}

/** Names of fonts; a name of several words is one word here, as in `Times New Roman`. */
function splitFonts(value: string): readonly string[] | undefined {
  const fonts = value.split(',').map((font) => font.trim().replace(/\s+/g, ' '));
  const quoted = fonts.map((font) =>
    /^[\w-]+(?: [\w-]+)+$/.test(font) ? `'${font}'` : font.replaceAll('"', "'"),
  );
  return quoted.some((font) => font === '') ? undefined : quoted;
}
