import { posix } from 'node:path';
import type { Program } from 'oxc-parser';
import { CodeWriter } from './code-writer.ts';
import { endOfJavascript } from './javascript-end.ts';
import { elementsOf, endOfTag } from './page-scripts.ts';
import { declaredNames, parseScript, type Replacement, splitImports } from './script-parts.ts';
import { isExpression } from './script-text.ts';
import type { TemplateCode } from './template-code.ts';

const maxExpression = 20_000;
const maxBlocks = 100;
/** Unclosed braces after which no further ones are parsed. */
const maxUnclosed = 20;

/** Definitions of Svelte 5's runes, and of Svelte 4's stores. */
const runes = `const $state = (value) => value; const $derived = (value) => value; const $bindable = (value) => value;
$state.raw = $state; $derived.by = (make) => make();\n`;

/**
 * Translates a Svelte component into a function of its properties, which runs the component's script and renders its
 * markup. For a page of SvelteKit, the generated code also calls this function with the result of the page's `load`
 * function, which is in a separate file of the same folder.
 */
export function readSvelte(text: string, path: string): TemplateCode {
  const before = new CodeWriter(text);
  const body = new CodeWriter(text);
  const scripts = elementsOf(text, 'script');
  const known = new Map<string, string>();
  before.add(runes, 0, 0);
  for (const { attributes, from, to } of scripts) {
    const program = parseScript(text, from, to);
    if (!program) continue;
    const isModule = /\bmodule\b/.test(attributes);
    const { imports, rest } = splitImports(
      text,
      from,
      to,
      program,
      isModule ? [] : propertiesOf(text, from, program),
    );
    before.append(imports);
    if (isModule) before.append(rest);
    else body.append(rest);
    (isModule ? before : body).add('\n;\n', to, to);
    for (const name of declaredNames(program)) if (!name.startsWith('$')) known.set(`$${name}`, name);
  }
  const elements = [...scripts, ...elementsOf(text, 'style')].sort((a, b) => a.open - b.open);
  readMarkup(text, elements, body);
  load(path, before);
  return { before, body, known };
}

/** `export let name` and `$props()` read the component's properties. */
function propertiesOf(text: string, from: number, program: Program): Replacement[] {
  const all: Replacement[] = [];
  for (const node of program.body) {
    if (node.type === 'ExportNamedDeclaration' && node.declaration) {
      const { declaration } = node;
      const start = from + declaration.start;
      all.push({ from: from + node.start, to: start, code: '' });
      if (declaration.type !== 'VariableDeclaration' || declaration.kind === 'const') continue;
      for (const { id, init } of declaration.declarations) {
        if (id.type !== 'Identifier') continue;
        const property = ` = $$context.${id.name}`;
        if (init) all.push({ from: from + id.end, to: from + init.start, code: `${property} ?? ` });
        else all.push({ from: from + id.end, to: from + id.end, code: property });
      }
    } else if (node.type === 'VariableDeclaration') {
      for (const { init } of node.declarations) {
        if (
          init?.type === 'CallExpression' &&
          text.slice(from + init.callee.start, from + init.callee.end) === '$props'
        )
          all.push({ from: from + init.start, to: from + init.end, code: '$$context' });
      }
    } else if (node.type === 'LabeledStatement' && node.label.name === '$') {
      // `$: name = value` declares the name.
      const inner = node.body.type === 'ExpressionStatement' ? node.body.expression : undefined;
      if (inner?.type === 'AssignmentExpression' && inner.left.type === 'Identifier') {
        const name = inner.left.name;
        if (!declaredNames(program).has(name))
          all.push({ from: from + node.start, to: from + node.body.start, code: `var ${name}; ` });
      }
    }
  }
  return all;
}

/** Calls the component as SvelteKit does. */
function load(path: string, before: CodeWriter): void {
  const [, kind] = /^\+(page|layout)(?:@[^.]*)?\.svelte$/.exec(posix.basename(path)) ?? [];
  if (kind === undefined) return;
  before.add(
    `import { load as $$loadServer } from './+${kind}.server';\nimport { load as $$load } from './+${kind}';\n` +
      'function $$render() {\n$$template({ data: $$loadServer($$event) });\n$$template({ data: $$load($$event) });\n}\n',
    0,
    0,
  );
}

function readMarkup(
  text: string,
  skipped: readonly { open: number; close: number }[],
  code: CodeWriter,
): void {
  const blocks: string[] = [];
  const next = [...skipped];
  let tagEnd = -1;
  let unclosed = 0;
  let component: { name: string; from: number; properties: string[] } | undefined;
  const closeTag = (at: number): void => {
    if (component) code.add(`${component.name}({${component.properties.join(', ')}});\n`, component.from, at);
    component = undefined;
    tagEnd = -1;
  };
  for (let i = 0; i < text.length; i++) {
    if (tagEnd >= 0 && i >= tagEnd) closeTag(i);
    if (next[0] && i >= next[0].open) {
      i = Math.max(i, (next.shift()?.close ?? i) - 1);
      continue;
    }
    const c = text.charAt(i);
    if (c === '<' && tagEnd < 0) {
      if (text.startsWith('<!--', i)) {
        const end = text.indexOf('-->', i);
        i = end < 0 ? text.length : end + 2;
        continue;
      }
      const name = /<([A-Z][\w.$]*)/y;
      name.lastIndex = i;
      const found = name.exec(text)?.[1];
      if (found === undefined) continue;
      tagEnd = unclosed < maxUnclosed ? endOfOpeningTag(text, i + 1) : endOfTag(text, i + 1);
      if (tagEnd >= i + maxExpression) unclosed++;
      component = { name: found, from: i, properties: [] };
      i += found.length;
    } else if (c === '{' && unclosed < maxUnclosed) {
      const limit = Math.min(text.length, i + maxExpression);
      const end = endOfJavascript(text, i + 1, limit, '}');
      if (end >= limit) {
        unclosed++;
        continue;
      }
      if (component) {
        const property = propertyBefore(text, i);
        const value = text.slice(i + 1, end).trim();
        if (value.startsWith('...') && isExpression(value.slice(3))) component.properties.push(value);
        else if (isExpression(value)) {
          const name = property ?? (/^[\w$]+$/.test(value) ? value : undefined);
          if (name !== undefined) component.properties.push(`${JSON.stringify(name)}: (${value})`);
        }
      } else tag(text, i, end, code, blocks);
      i = end;
    }
  }
  if (tagEnd >= 0) closeTag(text.length);
  for (let close = blocks.pop(); close; close = blocks.pop())
    code.add(`${close}\n`, text.length, text.length);
}

/** The offset after the `>` of a tag whose attributes may contain code. */
function endOfOpeningTag(text: string, from: number): number {
  const limit = Math.min(text.length, from + maxExpression);
  for (let i = from; i < limit; i++) {
    const c = text.charAt(i);
    if (c === '{') i = endOfJavascript(text, i + 1, limit, '}');
    else if (c === '>') return i + 1;
    else if (c === '"' || c === "'") {
      const end = text.slice(i + 1, limit).indexOf(c);
      if (end < 0) return limit;
      i += end + 1;
    }
  }
  return limit;
}

function propertyBefore(text: string, at: number): string | undefined {
  const name = /(?:bind:)?([\w$-]+)\s*=\s*["']?$/.exec(text.slice(Math.max(0, at - 100), at))?.[1];
  return name;
}

function tag(text: string, open: number, end: number, code: CodeWriter, blocks: string[]): void {
  const close = end + 1;
  const inner = text.slice(open + 1, end);
  const [whole = '', sign = '', word = ''] = /^\s*([#:@/])(\w+)\s*/.exec(inner) ?? [];
  const rest = inner.slice(whole.length);
  const from = open + 1 + whole.length;
  const begin = (js: string, until = '}'): void => {
    if (blocks.length >= maxBlocks) return;
    code.add(`${js}\n`, open, close);
    blocks.push(until);
  };
  const copied = (prefix: string, suffix: string, start: number, stop: number): void => {
    code.add(prefix, open, close);
    code.copy(start, stop);
    code.add(suffix, open, close);
  };
  if (sign === '@' && word === 'html' && isExpression(rest)) copied('$$raw(', ');\n', from, end);
  else if (sign === '@' && word === 'const' && /^[\w${}[\],\s]+=/.test(rest))
    copied('const ', ';\n', from, end);
  else if (sign === '@' && word === 'render' && isExpression(rest)) copied('', ';\n', from, end);
  else if (sign === '#') {
    if (word === 'each') {
      const [, list = '', item = '', index] =
        /^(.*)\sas\s+([\w$]+|\{[^()]*\}|\[[^()]*\])\s*(?:,\s*([\w$]+))?\s*(?:\(.*\))?\s*$/s.exec(rest) ?? [];
      const declared = index === undefined ? '' : `let ${index} = 0;`;
      const isGood = isExpression(list) && isExpression(`(${item} = 0)`);
      begin(isGood ? `for (const ${item} of (${list})) {${declared}` : '{');
    } else if (word === 'if') begin(isExpression(rest) ? `if (${rest}) {` : '{');
    else if (word === 'await') {
      const [, value = '', name = ''] = /^(.*)\sthen\s+([\w$]+)\s*$/s.exec(rest) ?? [];
      begin(isExpression(value) ? `{ const ${name} = await (${value});` : '{');
    } else if (word === 'snippet') {
      const [, name = '', params = ''] = /^([\w$]+)\s*\(([^()]*)\)\s*$/.exec(rest) ?? [];
      begin(/^[\w$\s,:]*$/.test(params) && name !== '' ? `function ${name}(${params}) {` : '{');
    } else begin('{');
  } else if (sign === '/') {
    const last = blocks.pop();
    if (last !== undefined) code.add(`${last}\n`, open, close);
  } else if (sign === ':' && blocks.length > 0) {
    const test = /^if\s(.*)/s.exec(rest)?.[1];
    if (word === 'else')
      code.add(test !== undefined && isExpression(test) ? `} if (${test}) {\n` : '} {\n', open, close);
    else if (word === 'then' && /^[\w$]+$/.test(rest.trim()))
      code.add(`} { let ${rest.trim()};\n`, open, close);
  }
}
