import { quoted, variable } from '../template-code.ts';
import type { JinjaReading } from './jinja.ts';
import { translate } from './jinja-expression.ts';
import { entriesOf } from './jinja-names.ts';

/** Variables that are passed to an included template. Further ones are dropped. */
const maxLocals = 60;
/** With longer code than this, no variables are passed. */
const maxCode = 4_000_000;

export function include(reading: JinjaReading, rest: string, open: number, close: number): void {
  const { code: name, end: after } = translate(rest);
  const more = rest.slice(after);
  // Django's `with a=b only`. Jinja has `with context` and `without context`.
  const [, given = ''] = /^\s*with\s+(.*)/s.exec(more) ?? [];
  const entries = entriesOf(given.replace(/\s*\bonly\s*$/, '')).map(
    (entry) => `${entry.name}: ${entry.value}`,
  );
  const isAlone = /\bonly\s*$|^\s*without\s+context/.test(more);
  const values = isAlone ? '{' : `${locals(reading).slice(0, -1)}`;
  const all = `${values}${values === '{' || entries.length === 0 ? '' : ', '}${entries.join(', ')}}`;
  reading.code.add(`$$include(${isAlone ? '{}' : '$$context'}, ${name}, ${all});\n`, open, close);
}

/**
 * Returns the source of an object literal with the variables that the template itself declares, such as `{user: user}`.
 * Returns `{}` if the JavaScript generated so far is longer than `maxCode`.
 */
export function locals(reading: JinjaReading): string {
  if (reading.code.length > maxCode) return '{}';
  const names = new Set<string>();
  for (const block of reading.blocks.toReversed()) for (const name of block.names) names.add(name);
  for (const name of reading.assigned) {
    if (names.size >= maxLocals) break;
    names.add(name);
  }
  const all = [...names].slice(0, maxLocals);
  return `{${all.map((name) => `${name.replace('$$name_', '')}: ${name}`).join(', ')}}`;
}

export function imports(reading: JinjaReading, tag: string, rest: string, open: number, close: number): void {
  if (!/^["']/.test(rest)) return;
  const { code: name, end: after } = translate(rest);
  const more = rest.slice(after).replace(/\s+with(?:out)?\s+context\s*$/, '');
  if (tag === 'import') {
    const [, alias] = /^\s*as\s+([A-Za-z_]\w*)/.exec(more) ?? [];
    if (alias === undefined) return;
    reading.assigned.add(variable(alias));
    reading.code.add(`${variable(alias)} = $$include($$context, ${name});\n`, open, close);
    return;
  }
  const [, list = ''] = /^\s*import\s+(.*)/s.exec(more) ?? [];
  for (const part of list.slice(0, 4000).split(',')) {
    const [, macroName = '', alias = macroName] =
      /^\s*([A-Za-z_]\w*)(?:\s+as\s+([A-Za-z_]\w*))?/.exec(part) ?? [];
    if (macroName === '') continue;
    reading.assigned.add(variable(alias));
    reading.code.add(
      `${variable(alias)} = $$include($$context, ${name})[${quoted(macroName)}];\n`,
      open,
      close,
    );
  }
}
