import type { CodeWriter } from '../code-writer.ts';
import { isUnsafeAttribute, isUrlAttribute } from '../html-context.ts';
import { endOfJavascript } from '../javascript-end.ts';
import { isExpression } from '../script-text.ts';
import { quoted } from '../template-code.ts';
import type { PugBlock, PugReading } from './pug.ts';
import { interpolated, matching, pugLine, writeValue } from './pug-line.ts';
import type { PugLine, PugLines } from './pug-lines.ts';

/** Translates a tag with its classes, its attributes and the content of its line. */
export function pugTag(reading: PugReading, lines: PugLines, line: PugLine): PugBlock {
  const { text } = reading;
  const { indent } = line;
  let { from, to } = line;
  const head = /[^\s(=!:.#&|][\w:-]*|[.#][\w-]+/y;
  const name = /^[\w:-]*/.exec(text.slice(from, Math.min(to, from + 60)))?.[0] ?? '';
  for (let n = 0; n < 100; n++) {
    const c = text.charAt(from);
    head.lastIndex = from;
    if (c === '(') {
      const close = matching(text, from);
      to = lines.skipTo(close);
      attributes(reading, from + 1, close, name.toLowerCase());
      from = close + 1;
    } else if (text.startsWith('&attributes(', from)) {
      const close = matching(text, from + 11);
      to = lines.skipTo(close);
      from = close + 1;
    } else if ((c === '.' || c === '#' || n === 0) && head.test(text) && head.lastIndex <= to) {
      // The colon of a nested tag (`li: a`) is not part of the name.
      from = text.charAt(head.lastIndex - 1) === ':' ? head.lastIndex - 1 : head.lastIndex;
    } else break;
  }
  const isScript = name.toLowerCase() === 'script';
  const block: PugBlock = { indent, close: '', kind: 'other' };
  const rest = text.slice(from, to);
  if (rest.trim() === '.') return { ...block, text: isScript ? 'script' : 'page' };
  if (rest.startsWith('!=')) writeValue(reading, '$$raw', from + 2, to, line);
  else if (rest.startsWith('=')) writeValue(reading, isScript ? '$$raw' : '$$out', from + 1, to, line);
  else if (rest.startsWith(':') && /^:\s+\S/.test(rest)) {
    const start = from + rest.length - rest.slice(1).trimStart().length;
    if (start > line.from) return pugLine(reading, lines, { indent, from: start, to }, undefined) ?? block;
  } else interpolated(reading, from, to, isScript);
  return isScript ? { ...block, text: 'script' } : block;
}

/** Translates `name=value`, `name!=value`, separated by commas, spaces or line breaks. */
function attributes({ text, code }: PugReading, from: number, to: number, tag: string): void {
  const name = /[\s,]*(?:"([^"]*)"|'([^']*)'|([^\s,=!()"']+))\s*(!?=)?\s*/y;
  const all = tag === 'script' || tag === 'link' ? text.slice(from, to) : '';
  const isHashed = /\bintegrity\s*=/.test(all);
  const isStyle = tag === 'link' && /\brel\s*=\s*["']stylesheet\b/.test(all);
  let at = from;
  for (let n = 0; n < 200 && at < to; n++) {
    name.lastIndex = at;
    const found = name.exec(text);
    if (!found || name.lastIndex > to || name.lastIndex === at) return;
    at = name.lastIndex;
    if (found[4] === undefined) continue;
    const end = endOfValue(text, at, to);
    const start = found.index + found[0].search(/[^\s,]/);
    const attribute = (found[1] ?? found[2] ?? found[3] ?? '').toLowerCase();
    if (isExpression(text.slice(at, end))) {
      const isUnsafe = found[4] === '!=' || isUnsafeAttribute(attribute);
      const isUrl = isUrlAttribute(attribute);
      code.add(isUnsafe ? '$$raw(' : isUrl ? '$$url(' : '$$out(', start, end);
      code.copy(at, end);
      code.add(');\n', start, end);
      const isSource = attribute === (tag === 'script' ? 'src' : 'href');
      if (isSource && (tag === 'script' || isStyle))
        load(code, isStyle ? '$$style' : '$$script', text.slice(at, end), isHashed, start, end);
    }
    at = end;
  }
}

/** Loads a constant URL. */
function load(
  code: CodeWriter,
  name: string,
  value: string,
  isHashed: boolean,
  from: number,
  to: number,
): void {
  const address = /^(["'])((?:https?:)?\/\/[^"'\\\n]+)\1$/.exec(value.trim())?.[2];
  if (address !== undefined) code.add(`${name}(${quoted(address)}, ${isHashed});\n`, from, to);
}

/** A value ends before a comma, or where the next attribute begins. */
function endOfValue(text: string, from: number, to: number): number {
  let end = endOfJavascript(text, from, to, ', \n\t');
  for (let n = 0; n < 50 && end < to && text.charAt(end) !== ','; n++) {
    const next = text.slice(end, Math.min(to, end + 200)).trimStart();
    const before = text.slice(from, end).trimEnd();
    if (!/^[+\-*/?:|&<>=.%^(]/.test(next) && !/[+\-*/?:|&<>=.%^!(]$/.test(before)) return end;
    end = endOfJavascript(text, end + text.slice(end, to).search(/\S|$/), to, ', \n\t');
  }
  return end;
}
