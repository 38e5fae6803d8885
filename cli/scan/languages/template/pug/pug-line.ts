import { isExpression, isScript } from '../script-text.ts';
import { quoted } from '../template-code.ts';
import type { PugBlock, PugReading } from './pug.ts';
import type { PugLine, PugLines } from './pug-lines.ts';
import { pugTag } from './pug-tag.ts';

/** Translates a line of a Pug template. Returns the block that the following lines with a deeper indentation belong to. */
export function pugLine(
  reading: PugReading,
  lines: PugLines,
  line: PugLine,
  inner: PugBlock | undefined,
): PugBlock | undefined {
  const { text, code } = reading;
  const { indent, from, to } = line;
  const source = text.slice(from, to);
  const plain: PugBlock = { indent, close: '', kind: 'other' };
  if (inner?.text !== undefined) {
    if (inner.text !== 'none') interpolated(reading, from, to, inner.text === 'script');
    return { ...plain, text: inner.text };
  }
  if (inner?.isCode) {
    code.copy(from, to);
    code.add('\n', to, to);
    return { ...plain, isCode: true };
  }
  if (source.startsWith('//')) return { ...plain, text: 'none' };
  if (source.startsWith('|') || source.startsWith('<')) {
    interpolated(reading, from, to, false);
    return plain;
  }
  if (/^!?=/.test(source)) {
    writeValue(
      reading,
      source.startsWith('!') ? '$$raw' : '$$out',
      from + (source.startsWith('!') ? 2 : 1),
      to,
      line,
    );
    return plain;
  }
  if (source.startsWith('-')) return codeLine(reading, line);
  if (source.startsWith('+')) return mixinCall(reading, lines, line);
  if (source.startsWith(':')) return { ...plain, text: 'none' };
  return statement(reading, line) ?? pugTag(reading, lines, line);
}

/**
 * Translates each `#{value}` and `!{value}` in a range of the text. With `isScript_`, the text is in a script, where both
 * write the value unescaped.
 */
export function interpolated(reading: PugReading, from: number, to: number, isScript_: boolean): void {
  const { text, code } = reading;
  const source = text.slice(from, to);
  const opening = /\\?([#!])\{/g;
  for (let found = opening.exec(source); found; found = opening.exec(source)) {
    if (found[0].startsWith('\\')) continue;
    const start = from + opening.lastIndex;
    const end = closingBrace(text, start, to);
    if (end < 0) return;
    const isRaw = found[1] === '!' || isScript_;
    if (isExpression(text.slice(start, end))) {
      code.add(isRaw ? '$$raw(' : '$$out(', from + found.index, end + 1);
      code.copy(start, end);
      code.add(');\n', from + found.index, end + 1);
    }
    opening.lastIndex = end + 1 - from;
  }
}

function closingBrace(text: string, from: number, to: number): number {
  let depth = 0;
  for (let i = from; i < to; i++) {
    const c = text.charAt(i);
    if (c === '{') depth++;
    else if (c === '}' && depth-- === 0) return i;
  }
  return -1;
}

export function writeValue(reading: PugReading, name: string, from: number, to: number, line: PugLine): void {
  const { text, code } = reading;
  const value = text.slice(from, to).replace(/;\s*$/, '');
  if (!isExpression(value)) return;
  code.add(`${name}(`, line.from, line.to);
  code.copy(from, from + value.length);
  code.add('\n);\n', line.from, line.to);
}

/** Translates `- statement`, or `-` with lines of code below it. */
function codeLine({ text, code }: PugReading, { indent, from, to }: PugLine): PugBlock {
  const source = text.slice(from + 1, to);
  if (source.trim() === '') return { indent, close: '', kind: 'other', isCode: true };
  if (isScript(`${source}\n{}`)) {
    // A statement with a block, or a complete statement.
    const isHead = /^\s*(?:for|while|if)\b.*\)\s*$/.test(source);
    code.copy(from + 1, to);
    code.add(isHead ? ' {\n' : '\n', to, to);
    return { indent, close: isHead ? '}' : '', kind: /^\s*if\b/.test(source) ? 'if' : 'other' };
  }
  if (/\{\s*$/.test(source) && isScript(`${source}\n}`)) {
    code.copy(from + 1, to);
    code.add('\n', to, to);
    return { indent, close: '}', kind: 'other' };
  }
  return { indent, close: '', kind: 'other' };
}

function mixinCall(reading: PugReading, lines: PugLines, line: PugLine): PugBlock {
  const { text, code } = reading;
  const { indent, from } = line;
  const name = /^\+([\w-]+)/.exec(text.slice(from, line.to))?.[1] ?? '';
  const open = from + 1 + name.length;
  const plain: PugBlock = { indent, close: '', kind: 'other' };
  if (name === '' || text.charAt(open) !== '(') {
    if (name !== '') code.add(`$$mixin_${name.replaceAll('-', '_')}();\n`, from, line.to);
    return plain;
  }
  const close = matching(text, open);
  lines.skipTo(close);
  if (isExpression(`[${text.slice(open + 1, close)}]`)) {
    code.add(`$$mixin_${name.replaceAll('-', '_')}`, from, close);
    code.copy(open, close + 1);
    code.add(';\n', from, close);
  }
  return plain;
}

/**
 * Returns the offset of the bracket that closes the one at `open`, possibly some lines below. If there is none, returns the
 * last offset of the searched text.
 */
export function matching(text: string, open: number): number {
  const limit = Math.min(text.length, open + 20_000);
  let depth = 0;
  let quote = '';
  for (let i = open; i < limit; i++) {
    const c = text.charAt(i);
    if (quote !== '') {
      if (c === '\\') i++;
      else if (c === quote) quote = '';
    } else if (c === '"' || c === "'" || c === '`') quote = c;
    else if (c === '(' || c === '[' || c === '{') depth++;
    else if ((c === ')' || c === ']' || c === '}') && --depth === 0) return i;
  }
  return limit - 1;
}

function statement(reading: PugReading, line: PugLine): PugBlock | undefined {
  const { text, code } = reading;
  const { indent, from, to } = line;
  const [whole = '', word = ''] = /^([a-z]+)(?=\s|$)\s*/.exec(text.slice(from, to)) ?? [];
  const rest = text.slice(from + whole.length, to).trim();
  const add = (js: string): void => code.add(`${js}\n`, from, to);
  const block = (kind: PugBlock['kind'] = 'other', close = '}'): PugBlock => ({ indent, close, kind });
  switch (word) {
    case 'if':
    case 'unless':
    case 'while':
      add(
        isExpression(rest)
          ? `${word === 'while' ? 'while' : 'if'} (${word === 'unless' ? '!' : ''}(${rest})) {`
          : '{',
      );
      return block('if');
    case 'else': {
      // The block of the `if` is closed already. A separate test is enough: the analysis takes both branches.
      const test = /^if\s+(.*)/s.exec(rest)?.[1];
      add(test !== undefined && isExpression(test) ? `if (${test}) {` : '{');
      return block('if');
    }
    case 'each':
    case 'for': {
      const [, item = '', index, list = ''] =
        /^([\w$]+|\{[^{}]*\}|\[[^[\]]*\])\s*(?:,\s*([\w$]+))?\s+(?:in|of)\s+(.*)$/s.exec(rest) ?? [];
      const isGood = isExpression(list) && isExpression(`(${item} = 0)`);
      add(
        isGood ? `for (const ${item} of (${list})) {${index === undefined ? '' : ` let ${index} = 0;`}` : '{',
      );
      return block();
    }
    case 'case':
    case 'when':
    case 'default':
    case 'block':
    case 'append':
    case 'prepend':
      add('{');
      return block();
    case 'mixin': {
      const [, name = '', params = ''] = /^([\w-]+)\s*(?:\((.*)\))?\s*$/s.exec(rest) ?? [];
      const isGood = name !== '' && isScript(`function f(${params}) {}`);
      add(isGood ? `function $$mixin_${name.replaceAll('-', '_')}(${params}) {` : '{');
      return block();
    }
    case 'include': {
      const name = rest.replace(/^:[\w-]+(?:\([^)]*\))?\s+/, '');
      if (!rest.startsWith(':')) add(`$$include($$context, ${quoted(name)});`);
      return block('other', '');
    }
    case 'extends':
      reading.bases.push(`$$include($$context, ${quoted(rest)});`);
      return block('other', '');
    case 'doctype':
      return block('other', '');
    default:
      return undefined;
  }
}
