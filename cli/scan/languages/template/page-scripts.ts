import { CodeWriter } from './code-writer.ts';
import { parseScript, type Replacement, splitImports } from './script-parts.ts';
import { isScript } from './script-text.ts';

export interface Element {
  /** The text of the opening tag after its name: `src="app.js"`. */
  readonly attributes: string;
  readonly open: number;
  /** The range of its content, and the end of the closing tag. */
  readonly from: number;
  readonly to: number;
  readonly close: number;
}

/** Scripts of a page. Further ones are ignored. */
const maxScripts = 200;

/**
 * Finds all `script` or all `style` elements of a page: `name` is the tag name. Comments of the markup are skipped. An
 * unclosed element extends to the end of the text. At most `maxScripts` elements are returned.
 */
export function elementsOf(text: string, name: string): Element[] {
  const elements: Element[] = [];
  const opening = new RegExp(`<!--|<${name}(?=[\\s>/])`, 'gi');
  const closing = new RegExp(`</${name}\\s*>`, 'gi');
  for (let found = opening.exec(text); found && elements.length < maxScripts; found = opening.exec(text)) {
    if (found[0] === '<!--') {
      const end = text.indexOf('-->', found.index);
      if (end < 0) return elements;
      opening.lastIndex = end;
      continue;
    }
    const from = endOfTag(text, opening.lastIndex);
    closing.lastIndex = from;
    const end = closing.exec(text);
    const to = end?.index ?? text.length;
    const close = end ? closing.lastIndex : text.length;
    const attributes = text.slice(opening.lastIndex, Math.max(opening.lastIndex, from - 1));
    elements.push({ attributes, open: found.index, from, to, close });
    opening.lastIndex = close;
  }
  return elements;
}

const maxTag = 20_000;

/** Returns the offset after the `>` of a tag. If a tag is longer than `maxTag`, returns the offset at that length. */
export function endOfTag(text: string, from: number): number {
  let quote = '';
  const limit = Math.min(text.length, from + maxTag);
  for (let i = from; i < limit; i++) {
    const c = text.charAt(i);
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (c === '>') return i + 1;
  }
  return limit;
}

/**
 * Translates the inline scripts of a page into one function, because the scripts share their variables. If they do not
 * compile together, each script gets its own function. The scripts can't read the template's variables. Returns undefined
 * if the page has no scripts.
 */
export function pageScripts(text: string): CodeWriter | undefined {
  const imports = new CodeWriter(text);
  const scripts: CodeWriter[] = [];
  for (const { attributes, from, to } of elementsOf(text, 'script')) {
    if (/\ssrc\s*=/i.test(attributes) || !isJavascript(attributes) || to <= from) continue;
    const plain = withoutTags(text, from, to);
    const program = parseScript(plain, 0, plain.length);
    if (!program) continue;
    const parts = splitImports(text, from, to, program, tagsIn(text, from, to));
    imports.append(parts.imports);
    scripts.push(parts.rest);
  }
  if (scripts.length === 0) return undefined;
  const together = inFunction(text, scripts);
  const code = new CodeWriter(text);
  code.append(imports);
  if (scripts.length === 1 || isScript(together.text)) code.append(together);
  else for (const script of scripts) code.append(inFunction(text, [script]));
  return isScript(code.text) ? code : undefined;
}

function inFunction(text: string, scripts: readonly CodeWriter[]): CodeWriter {
  const code = new CodeWriter(text);
  code.add('(async function () {\n', 0, 0);
  for (const script of scripts) {
    code.append(script);
    code.add('\n;\n', 0, 0);
  }
  code.add('})();\n', 0, 0);
  return code;
}

function isJavascript(attributes: string): boolean {
  const type = /\stype\s*=\s*["']?([^"'\s>]*)/i.exec(attributes)?.[1] ?? '';
  return /^(?:|module|(?:text|application)\/(?:java|ecma)script|text\/babel)$/i.test(type);
}

const closings: Readonly<Record<string, string>> = { '{{': '}}', '{%': '%}', '{#': '#}', '<%': '%>' };

/** Values that the template writes into a script, as expressions of the same length. */
function tagsIn(text: string, from: number, to: number): Replacement[] {
  const all: Replacement[] = [];
  const source = text.slice(from, to);
  const missing = new Set<string>();
  const opening = /\{[{%#]|<%/g;
  for (let found = opening.exec(source); found; found = opening.exec(source)) {
    const closing = closings[found[0]] as string;
    const end = missing.has(closing) ? -1 : source.indexOf(closing, opening.lastIndex);
    if (end < 0) {
      missing.add(closing);
      continue;
    }
    const close = source.startsWith('}}}', end) ? end + 3 : end + 2;
    const isValue = found[0] === '{{' || /^<%[-=]/.test(source.slice(found.index, found.index + 3));
    const code = (isValue ? '$$t' : '').padEnd(close - found.index);
    all.push({ from: from + found.index, to: from + close, code });
    opening.lastIndex = close;
  }
  return all;
}

function withoutTags(text: string, from: number, to: number): string {
  const pieces: string[] = [];
  let at = from;
  for (const tag of tagsIn(text, from, to)) {
    pieces.push(text.slice(at, tag.from), tag.code);
    at = tag.to;
  }
  return [...pieces, text.slice(at, to)].join('');
}
