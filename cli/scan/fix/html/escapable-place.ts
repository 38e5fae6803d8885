/**
 * Whether HTML escaping makes a value safe that follows the template text `before`, and displays the value unchanged.
 * True in element text, and in a quoted attribute that is neither code nor a URL.
 */
export function isEscapable(before: string): boolean {
  const { place, name } = placeBehind(withoutTags(before));
  return place === 'text' || (place === 'attribute' && plainAttribute.test(name));
}

/**
 * Whether a template text ends inside the tag of an element that displays its content as text. True for `<p hidden `,
 * false for `<style ` and `<p>`.
 */
export function isInTextTag(before: string): boolean {
  const { place, name } = placeBehind(withoutTags(before));
  return place === 'tag' && name !== mark && !rawElements.has(name) && name !== 'component';
}

const plainAttribute =
  /^(?:value|title|alt|placeholder|class|id|name|label|for|lang|dir|role|aria-[a-z]+|data-(?!(?:bind|hx|ng|v|x|on|turbo|controller|action|href|src|url|method)(?:-|$))[a-z\d-]+)$/;

/** Elements whose content is not parsed as HTML, so that no character reference in it is decoded. */
const rawElements: ReadonlySet<string> = new Set(
  'script style xmp iframe noembed noframes plaintext'.split(' '),
);

/** The output of a template tag, which is unknown. */
const mark = '\uE000';

const tags: readonly (readonly [string, string])[] = [
  ['<%', '%>'],
  ['{{{', '}}}'],
  ['{{', '}}'],
  ['{%', '%}'],
  ['{#', '#}'],
];

/** The static text, with a mark for each output. */
function withoutTags(text: string): string {
  let written = '';
  let from = 0;
  const unended = new Set<string>();
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '<' && text[at] !== '{') continue;
    const tag = tags.find(([open]) => !unended.has(open) && text.startsWith(open, at));
    if (!tag) continue;
    const end = text.indexOf(tag[1], at + tag[0].length);
    if (end < 0) {
      unended.add(tag[0]);
      continue;
    }
    const isOutput = tag[0] === '<%' ? /[=-]/.test(text.charAt(at + 2)) : tag[0].startsWith('{{');
    const isBlock = /[#/!]/.test(text.charAt(at + 2));
    written += text.slice(from, at) + (isOutput && !isBlock ? mark : '');
    from = end + tag[1].length;
    at = from - 1;
  }
  return written + text.slice(from);
}

interface Behind {
  readonly place: 'text' | 'attribute' | 'tag' | 'raw';
  /** The name of the attribute, or of the tag. */
  readonly name: string;
}

const text: Behind = { place: 'text', name: '' };

function placeBehind(html: string): Behind {
  const lower = html.toLowerCase();
  let at = 0;
  for (;;) {
    const start = html.indexOf('<', at);
    if (start < 0) return text;
    if (start === html.length - 1) return { place: 'tag', name: mark };
    if (html.startsWith('<!--', start)) {
      const end = html.indexOf('-->', start + 4);
      if (end < 0) return { place: 'raw', name: '!--' };
      at = end + 3;
      continue;
    }
    const tag = match(html, start + 1, /\/?[a-z!?\uE000][^\s/>]*/iy);
    if (tag === '') {
      at = start + 1;
      continue;
    }
    const name = tag.toLowerCase();
    const end = endOfTag(html, start + 1 + tag.length, name);
    if (typeof end !== 'number') return end;
    at = end;
    const isText = name === 'title' || name === 'textarea';
    if (!isText && !rawElements.has(name)) continue;
    const close = lower.indexOf(`</${name}`, at);
    if (close < 0) return isText ? text : { place: 'raw', name };
    // `<!--<script>` in a script: the first end tag does not end it.
    const content = lower.slice(at, close);
    if (name === 'script' && content.includes('<!--') && content.includes('<script'))
      return { place: 'raw', name };
    at = close;
  }
}

/** The offset after the tag, or the place of the text's end inside the tag. */
function endOfTag(html: string, from: number, name: string): number | Behind {
  const inTag: Behind = { place: 'tag', name };
  let at = from;
  if (at >= html.length) return { place: 'tag', name: mark };
  for (;;) {
    at += match(html, at, /[\s/]*/y).length;
    if (at >= html.length) return inTag;
    if (html[at] === '>') return at + 1;
    const attribute = match(html, at, /=?[^\s/>=]*/y);
    at += attribute.length;
    const equals = match(html, at, /\s*=\s*/y);
    at += equals.length;
    if (at >= html.length) return { place: 'tag', name: mark };
    if (equals === '') continue;
    const quote = html.charAt(at);
    if (quote === '"' || quote === "'") {
      const end = html.indexOf(quote, at + 1);
      if (end < 0) return { place: 'attribute', name: attribute.toLowerCase() };
      at = end + 1;
    } else {
      at += match(html, at, /[^\s>]*/y).length;
      if (at >= html.length) return { place: 'tag', name: mark };
    }
  }
}

function match(html: string, at: number, pattern: RegExp): string {
  pattern.lastIndex = at;
  return pattern.exec(html)?.[0] ?? '';
}
