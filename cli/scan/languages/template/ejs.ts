import { CodeWriter } from './code-writer.ts';
import { HtmlContext } from './html-context.ts';
import { isExpression, isScript } from './script-text.ts';
import type { TemplateCode } from './template-code.ts';

interface Tag {
  readonly kind: 'raw' | 'escaped' | 'code';
  /** The range of the code, and that of the whole tag. */
  readonly from: number;
  readonly to: number;
  readonly open: number;
  readonly close: number;
  readonly isUnsafe: boolean;
}

/**
 * Translates a template of EJS, or of a similar engine (Eta, lodash, Underscore), into JavaScript. Like the engine, it
 * joins the code of all tags in their order. If the joined code is invalid, it keeps only the expressions whose values the
 * template writes.
 */
export function readEjs(text: string): TemplateCode {
  const tags = tagsOf(text);
  const whole = new CodeWriter(text);
  for (const tag of tags) write(whole, tag);
  const body = isScript(`async function f() {${whole.text}\n}`) ? whole : valuesOnly(text, tags);
  return { body, known: contextNames };
}

const contextNames: ReadonlyMap<string, string> = new Map([
  ['locals', '$$context'],
  ['it', '$$context'],
]);

function tagsOf(text: string): Tag[] {
  const html = new HtmlContext();
  const tags: Tag[] = [];
  let at = 0;
  for (;;) {
    const open = text.indexOf('<%', at);
    html.feed(text, at, open < 0 ? text.length : open);
    if (open < 0) return tags;
    const sign = text.charAt(open + 2);
    if (sign === '%') {
      at = open + 3;
      continue;
    }
    const close = text.indexOf('%>', open + 2);
    if (close < 0) return tags;
    at = close + 2;
    if (sign === '#') continue;
    const from = open + (/[-=_~]/.test(sign) ? 3 : 2);
    let to = close;
    if (to > from && /[-_]/.test(text.charAt(to - 1))) to--;
    const kind = sign === '-' || sign === '~' ? 'raw' : sign === '=' ? 'escaped' : 'code';
    const isUnsafe = kind !== 'code' && html.place() === 'unsafe';
    tags.push({ kind, from, to, open, close: at, isUnsafe });
  }
}

function write(code: CodeWriter, tag: Tag): void {
  const { from, to, open, close } = tag;
  if (tag.kind === 'code') {
    // The syntax of EJS 1: `<% include head %>`.
    const old = /^\s*include\s+([\w./-]+)\s*$/.exec(code.source.slice(from, to));
    if (old) code.add(`$$include($$context, ${JSON.stringify(old[1])});\n`, open, close);
    else copyCode(code, from, to);
    code.add('\n', to, close);
    return;
  }
  let end = to;
  while (end > from && /[\s;]/.test(code.source.charAt(end - 1))) end--;
  if (end === from) return;
  code.add(tag.kind === 'raw' || tag.isUnsafe ? '$$raw(' : '$$out(', open, close);
  copyCode(code, from, end);
  code.add('\n);\n', open, close);
}

/** Copies code. `include` also gets the context as an argument. */
function copyCode(code: CodeWriter, from: number, to: number): void {
  const call = /(?<![.\w$])include\s*\(/g;
  const text = code.source.slice(from, to);
  let at = 0;
  for (let found = call.exec(text); found; found = call.exec(text)) {
    code.copy(from + at, from + found.index);
    code.add('$$include($$context, ', from + found.index, from + call.lastIndex);
    at = call.lastIndex;
  }
  code.copy(from + at, to);
}

function valuesOnly(text: string, tags: readonly Tag[]): CodeWriter {
  const code = new CodeWriter(text);
  for (const tag of tags) {
    if (tag.kind === 'code') continue;
    const one = new CodeWriter(text);
    write(one, tag);
    if (isExpression(text.slice(tag.from, tag.to).replace(/[\s;]+$/, ''))) code.append(one);
  }
  return code;
}
