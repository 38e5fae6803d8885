import { CodeWriter } from '../code-writer.ts';
import { HtmlContext } from '../html-context.ts';
import type { TemplateCode } from '../template-code.ts';
import { HandlebarsExpression } from './handlebars-expression.ts';

/** Blocks that are nested more deeply are ignored; their content is kept. */
const maxBlocks = 60;

interface Block {
  readonly name: string;
  readonly close: string;
  /** Whether names in it are members of another object. */
  readonly isScope: boolean;
}

/** Translates a template of Handlebars or Mustache into JavaScript. */
export function readHandlebars(text: string): TemplateCode {
  const code = new CodeWriter(text);
  const html = new HtmlContext();
  const blocks: Block[] = [];
  const names = new HandlebarsExpression();
  let at = 0;
  for (;;) {
    const open = text.indexOf('{{', at);
    html.feed(text, at, open < 0 ? text.length : open);
    if (open < 0) break;
    const tag = tagAt(text, open);
    if (!tag) {
      html.feed(text, open, text.length);
      break;
    }
    at = tag.close;
    if (tag.kind === 'comment') continue;
    const source = text.slice(tag.from, tag.to).trim();
    const line = (js: string): void => code.add(`${js}\n`, open, tag.close);
    if (tag.kind === 'raw') line(`$$raw(${names.call(source)});`);
    else if (source.startsWith('#>')) {
      line(names.partial(source.slice(2)));
      openBlock({ name: wordOf(source.slice(2)), close: '}', isScope: false }, '{', line);
    } else if (/^[#^]\*?\s*\S/.test(source)) {
      section(source);
    } else if (source.startsWith('/')) closeBlock(source.slice(1).trim(), line);
    else if (source.startsWith('>')) line(names.partial(source.slice(1)));
    else if (source === '^' || /^else\b/.test(source)) otherwise(source, line);
    else if (source !== '' && !source.startsWith('=') && !source.startsWith('!')) {
      const place = html.place();
      line(
        `${place === 'unsafe' ? '$$raw' : place === 'url' || place === 'link' ? '$$url' : '$$out'}(${names.call(source)});`,
      );
    }

    function section(whole: string): void {
      const inverted = whole.startsWith('^');
      const inner = whole
        .slice(1)
        .replace(/^\*\s*/, '')
        .trim();
      const name = wordOf(inner);
      const { params, rest } = names.blockParams(inner.slice(name.length));
      if (inverted || name === 'if' || name === 'unless') {
        const test = names.argument(inverted ? inner : rest);
        openBlock({ name, close: '}', isScope: false }, `if (${inverted ? '!' : ''}${test}) {`, line);
      } else if (name === 'with' || (rest.trim() !== '' && iterating.test(name)) || name === 'each') {
        const value = names.argument(rest);
        openScope(name, value, name !== 'with', params, line);
      } else {
        // A section of Mustache, or a block helper of the project: its context is an element, the object itself, or
        // unchanged.
        const value = rest.trim() === '' ? names.argument(inner) : names.argument(rest);
        openScope(name, value, rest.trim() === '' ? 'either' : 'same', params, line);
      }
    }
  }
  for (let block = blocks.pop(); block; block = blocks.pop())
    code.add(`${block.close}\n`, text.length, text.length);
  return { body: code };

  function openBlock(block: Block, js: string, line: (js: string) => void): void {
    if (blocks.length >= maxBlocks) return;
    line(js);
    blocks.push(block);
  }

  function openScope(
    name: string,
    value: string,
    kind: boolean | 'either' | 'same',
    params: readonly string[],
    line: (js: string) => void,
  ): void {
    if (blocks.length >= maxBlocks) return;
    const self = names.enter(params, kind === 'either' || kind === 'same');
    const param = params[0] === undefined ? '' : ` let ${names.local(params[0])} = ${self};`;
    const list = `$$list${blocks.length}`;
    // The value may be a list or an object, so the block runs for an element and for the value.
    if (kind === true) line(`for (const ${self} of ${value}) {${param}`);
    else if (kind === 'either')
      line(
        `{ let ${self} = ${value}; for (const ${list} of ${self}) { if ($$maybe) ${self} = ${list};${param}`,
      );
    else if (kind === 'same') line(`{ const ${self} = ${names.outer};${param}`);
    else line(`{ const ${self} = ${value};${param}`);
    blocks.push({ name, close: kind === 'either' ? '} }' : '}', isScope: true });
  }

  function closeBlock(name: string, line: (js: string) => void): void {
    if (!blocks.some((block) => block.name === name)) return;
    let block: Block | undefined;
    do {
      block = blocks.pop();
      if (!block) break;
      line(block.close);
      if (block.isScope) names.leave();
    } while (block.name !== name);
  }

  function otherwise(source: string, line: (js: string) => void): void {
    const block = blocks.at(-1);
    if (!block || block.isScope) return;
    const [, test] = /^else\s+if\s+(.*)/s.exec(source) ?? [];
    line(test === undefined ? '} if ($$maybe) {' : `} if (${names.argument(test)}) {`);
  }
}

/** Helpers of the project that iterate over a list, by name: `{{#foreach posts}}` of Ghost, `{{#eachSorted tags}}`. */
const iterating = /^(?:for|list|repeat|loop|iterate)$|^(?:for[-_]?[eE]ach|each[-_A-Z])|[a-z](?:Each|Loop)$/;

function wordOf(text: string): string {
  return /^\s*([^\s|(}]+)/.exec(text)?.[1] ?? '';
}

interface Tag {
  readonly kind: 'raw' | 'escaped' | 'comment';
  readonly from: number;
  readonly to: number;
  readonly close: number;
}

function tagAt(text: string, open: number): Tag | undefined {
  const dashes = text.startsWith('{{!--', open) || text.startsWith('{{~!--', open);
  const isTriple = text.startsWith('{{{', open);
  const closing = dashes ? '--' : isTriple ? '}}}' : '}}';
  let end = text.indexOf(closing, open + (dashes ? 6 : 3));
  if (end < 0) return undefined;
  if (dashes) {
    end = text.indexOf('}}', end);
    return end < 0 ? undefined : { kind: 'comment', from: open, to: end, close: end + 2 };
  }
  let from = open + (isTriple ? 3 : 2);
  let to = end;
  if (text.charAt(from) === '~') from++;
  if (to > from && text.charAt(to - 1) === '~') to--;
  const close = end + closing.length;
  if (text.charAt(from) === '!') return { kind: 'comment', from, to, close };
  if (text.charAt(from) === '&') return { kind: 'raw', from: from + 1, to, close };
  if (text.startsWith('{', from) && text.startsWith('}}}', end)) {
    // `{{~{ value }~}}`
    return { kind: 'raw', from: from + 1, to, close: end + 3 };
  }
  return { kind: isTriple ? 'raw' : 'escaped', from, to, close };
}
