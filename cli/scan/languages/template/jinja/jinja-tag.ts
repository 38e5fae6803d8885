import { variable } from '../template-code.ts';
import { type JinjaBlock, type JinjaReading, output } from './jinja.ts';
import { translate } from './jinja-expression.ts';
import { imports, include, locals } from './jinja-include.ts';
import { entriesOf, namesOf } from './jinja-names.ts';

/** Blocks that are nested more deeply are ignored; their content is kept. */
const maxBlocks = 100;

/** Translates one `{% tag %}`. The words of the tag are from `from` to `to`, the whole tag from `open` to `close`. */
export function jinjaTag(reading: JinjaReading, from: number, to: number, open: number, close: number): void {
  const { text, code } = reading;
  const [whole = '', tag = ''] = /^\s*([A-Za-z_]\w*)/.exec(text.slice(from, Math.min(to, from + 200))) ?? [];
  const at = from + whole.length;
  const rest = text.slice(at, to).trim();
  const line = (js: string): void => code.add(`${js}\n`, open, close);
  const expression = (source: string): string => translate(source).code;
  switch (tag) {
    case 'if':
    case 'while':
    case 'unless':
      begin(reading, tag, `${tag === 'while' ? 'while' : 'if'} (${expression(rest)}) {`, '}', open, close);
      return;
    case 'ifequal':
    case 'ifnotequal':
      begin(reading, tag, 'if ($$test_equal()) {', '}', open, close);
      return;
    case 'elif':
    case 'elseif':
    case 'elsif':
      if (inside(reading, 'if')) line(`} else if (${expression(rest)}) {`);
      return;
    case 'else':
    case 'empty': {
      const block = reading.blocks.at(-1);
      if (block?.tag === 'if' || block?.tag === 'ifequal' || block?.tag === 'ifnotequal') line('} else {');
      else if (block?.tag === 'for') line('} {');
      return;
    }
    case 'for':
    case 'asyncEach':
    case 'asyncAll':
      forLoop(reading, rest, open, close);
      return;
    case 'set':
      set(reading, rest, open, close);
      return;
    case 'with':
      withNames(reading, tag, rest, open, close);
      return;
    case 'trans':
    case 'blocktrans':
    case 'blocktranslate':
      withNames(reading, tag, rest.replace(/^with\s/, ''), open, close);
      return;
    case 'macro':
      macro(reading, rest, open, close);
      return;
    case 'call': {
      const [, params = ''] = /^\(([^)]*)\)/.exec(rest) ?? [];
      line(`${expression(rest.slice(params === '' ? 0 : params.length + 2))};`);
      const names = namesOf(params);
      begin(reading, tag, `{${names.map((name) => ` let ${name};`).join('')}`, '}', open, close, names);
      return;
    }
    case 'include':
      include(reading, rest, open, close);
      return;
    case 'extends':
      reading.bases.push(`$$include($$context, ${expression(rest)}, ${locals(reading)});`);
      return;
    case 'import':
    case 'from':
      imports(reading, tag, rest, open, close);
      return;
    case 'autoescape':
      autoescape(reading, rest, open, close);
      return;
    case 'raw':
      // Tornado's `{% raw value %}`. Jinja's `raw` has no value.
      if (rest === '') reading.verbatim = { until: 'endraw', isShown: true };
      else line(`$$raw(${expression(rest)});`);
      return;
    case 'verbatim':
      reading.verbatim = { until: 'endverbatim', isShown: true };
      return;
    case 'comment':
      // Tornado's comment contains its text. Django's note is in quotes, and ends with another tag.
      if (rest === '' || /^["']/.test(rest)) reading.verbatim = { until: 'endcomment', isShown: false };
      return;
    case 'firstof':
      output(reading, at, to, open, close);
      return;
    case 'module':
    case 'do':
      line(`${expression(rest)};`);
      return;
    case 'block':
    case 'filter':
    case 'apply':
    case 'try':
    case 'switch':
    case 'spaceless':
    case 'cache':
      begin(reading, tag, '{', '}', open, close);
      return;
    case 'end':
      end(reading, reading.blocks.at(-1)?.tag ?? '', open, close);
      return;
    case 'endapply':
      end(reading, 'apply', open, close);
      return;
    default:
      if (tag.startsWith('end')) end(reading, tag.slice(3), open, close);
  }
}

function begin(
  { blocks, code, escapes }: JinjaReading,
  tag: string,
  js: string,
  close: string,
  from: number,
  to: number,
  names: readonly string[] = [],
): void {
  if (blocks.length >= maxBlocks) return;
  code.add(`${js}\n`, from, to);
  blocks.push({ tag, close, escapes, names });
}

function inside(reading: JinjaReading, tag: string): boolean {
  return reading.blocks.at(-1)?.tag === tag;
}

/** Ends a block, and unclosed blocks in it. An end without a beginning is ignored. */
function end(reading: JinjaReading, tag: string, from: number, to: number): void {
  const { blocks, code } = reading;
  if (!blocks.some((block) => block.tag === tag)) return;
  let block: JinjaBlock | undefined;
  do {
    block = blocks.pop();
    if (block) code.add(`${block.close}\n`, from, to);
  } while (block && block.tag !== tag);
  if (block) reading.escapes = block.escapes;
}

function forLoop(reading: JinjaReading, rest: string, open: number, close: number): void {
  const [whole = '', targets = ''] = /^([\w\s,()]+?)\s+in\s+/.exec(rest.slice(0, 1000)) ?? [];
  const names = namesOf(targets);
  if (names.length === 0) {
    begin(reading, 'for', '{', '}', open, close);
    return;
  }
  const { code, end: after } = translateIterable(rest, whole.length);
  const [, condition = ''] = /^\s*if\s(.*)/s.exec(rest.slice(after)) ?? [];
  const target = names.length === 1 ? names[0] : `[${names.join(', ')}]`;
  const test = condition === '' ? '' : ` if (!${translate(condition).code}) continue;`;
  begin(reading, 'for', `for (const ${target} of ${code}) {${test}`, '}', open, close, names);
}

/** The iterated value ends before an `if`, which is a filter here, not a conditional. */
function translateIterable(text: string, from: number): { code: string; end: number } {
  const filter = / if (?!.* else )/s.exec(text.slice(from, from + 2000));
  const to = filter ? from + filter.index : text.length;
  return { code: translate(text, from, to).code, end: to };
}

function set(reading: JinjaReading, rest: string, open: number, close: number): void {
  const [whole = '', targets = ''] = /^([\w\s,.()]+?)\s*=(?!=)/.exec(rest.slice(0, 1000)) ?? [];
  if (whole === '') {
    begin(reading, 'set', '{', '}', open, close);
    return;
  }
  const value = translate(rest, whole.length).code;
  const [name = '', ...path] = targets.trim().split('.');
  if (path.length > 0) {
    if (path.every((one) => /^\w+$/.test(one))) {
      reading.code.add(`${variable(name)}.${path.join('.')} = ${value};\n`, open, close);
    }
    return;
  }
  const names = namesOf(targets);
  for (const one of names) reading.assigned.add(one);
  const target = names.length === 1 ? names[0] : `[${names.join(', ')}]`;
  if (names.length > 0) reading.code.add(`${target} = ${value};\n`, open, close);
}

/** Translates `a=b c=d`, `a = b, c = d` and `b as a` to variables of a new block. */
function withNames(reading: JinjaReading, tag: string, rest: string, open: number, close: number): void {
  const entries = entriesOf(rest);
  // The values are evaluated outside of the block, whatever the names are.
  const outer = entries.map(({ value }, i) => `const $$with${i} = ${value};`).join(' ');
  const inner = entries.map(({ name }, i) => `let ${name} = $$with${i};`).join(' ');
  begin(
    reading,
    tag,
    `{ ${outer} { ${inner}`,
    '} }',
    open,
    close,
    entries.map(({ name }) => name),
  );
}

function macro(reading: JinjaReading, rest: string, open: number, close: number): void {
  const [whole = '', name = ''] = /^([A-Za-z_]\w*)\s*\(?/.exec(rest.slice(0, 300)) ?? [];
  const params: string[] = [];
  const declared: string[] = [];
  for (const part of rest.slice(whole.length, whole.length + 4000).split(',')) {
    const [, param = '', initial] = /^\s*([A-Za-z_]\w*)\s*(?:=(.*))?/s.exec(part.replace(/\)\s*$/, '')) ?? [];
    if (param === '' || declared.includes(variable(param))) continue;
    declared.push(variable(param));
    params.push(variable(param) + (initial === undefined ? '' : ` = ${translate(initial).code}`));
  }
  if (name === '') {
    begin(reading, 'macro', '{', '}', open, close);
    return;
  }
  // A function expression, so that the macro can be used before its definition, as in Jinja, and is visible in blocks.
  const mangled = variable(name);
  reading.macros.push(mangled);
  reading.assigned.add(mangled);
  begin(
    reading,
    'macro',
    `${mangled} = function ${mangled}(${params.join(', ')}) {`,
    '};',
    open,
    close,
    declared,
  );
}

function autoescape(reading: JinjaReading, rest: string, open: number, close: number): void {
  const word = rest.trim();
  // Tornado's tag has no end: it applies to the whole file.
  if (word === 'None') {
    reading.escapes = false;
    return;
  }
  if (word === 'xhtml_escape') return;
  begin(reading, 'autoescape', '{', '}', open, close);
  reading.escapes = !/^(?:false|off|0)$/i.test(word);
}
