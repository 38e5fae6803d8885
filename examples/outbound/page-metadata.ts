import { type Token, Tokenizer, TokenizerMode } from 'parse5';

/** What a page says of itself, as it says it: nothing is checked yet. */
export interface PageMetadata {
  readonly title: string;
  readonly description: string;
  readonly image: string;
}

/**
 * Reads `<title>`, the description and the Open Graph properties of a page.
 *
 * From tokens alone: a tree can be made much larger, and slower to build, than the page that asks for it. 512 KB of
 * unclosed elements took 20 times as long with a tree.
 */
export function pageMetadata(html: string): PageMetadata {
  const found = new Map<string, string>();
  let inTitle = false;
  const text = ({ chars }: Token.CharacterToken): void => {
    const title = found.get('title') ?? '';
    if (inTitle && title.length < longest) found.set('title', title + chars.slice(0, longest));
  };
  const ignored = (): void => {};
  const tokenizer = new Tokenizer(
    {},
    {
      onStartTag({ tagName, attrs }) {
        // The first title counts. An inline image (SVG) may have titles of its own further down.
        inTitle = tagName === 'title' && !found.has('title');
        tokenizer.state = modes[tagName] ?? tokenizer.state;
        if (tagName === 'meta') keepMeta(attrs, found);
      },
      onEndTag() {
        inTitle = false;
      },
      onCharacter: text,
      onWhitespaceCharacter: text,
      onNullCharacter: ignored,
      onComment: ignored,
      onDoctype: ignored,
      onEof: ignored,
    },
  );
  tokenizer.write(html, true);
  const first = (...names: string[]): string =>
    names.map((name) => found.get(name) ?? '').find((value) => value.trim() !== '') ?? '';
  return {
    title: first('og:title', 'title'),
    description: first('og:description', 'description'),
    image: first('og:image', 'og:image:url', 'og:image:secure_url'),
  };
}

/** In UTF-16 units; more of any value is not kept. */
const longest = 4_096;

/** Elements whose content is text and not markup. */
const modes: Readonly<Record<string, (typeof TokenizerMode)[keyof typeof TokenizerMode]>> = Object.freeze(
  Object.assign(Object.create(null), {
    title: TokenizerMode.RCDATA,
    textarea: TokenizerMode.RCDATA,
    style: TokenizerMode.RAWTEXT,
    xmp: TokenizerMode.RAWTEXT,
    iframe: TokenizerMode.RAWTEXT,
    noembed: TokenizerMode.RAWTEXT,
    noframes: TokenizerMode.RAWTEXT,
    script: TokenizerMode.SCRIPT_DATA,
    plaintext: TokenizerMode.PLAINTEXT,
  }),
);

const wanted: ReadonlySet<string> = new Set([
  ...['description', 'og:title', 'og:description', 'og:image', 'og:image:url', 'og:image:secure_url'],
]);

function keepMeta(attrs: readonly Token.Attribute[], found: Map<string, string>): void {
  const value = (name: string): string => attrs.find((attribute) => attribute.name === name)?.value ?? '';
  const name = (value('property') || value('name')).toLowerCase();
  if (wanted.has(name) && !found.has(name)) found.set(name, value('content').slice(0, longest));
}
