import type { CodeWriter } from '../code-writer.ts';
import { isUnsafeAttribute, isUrlAttribute } from '../html-context.ts';
import { parseScript, walkTree } from '../script-parts.ts';
import { isExpression } from '../script-text.ts';

const voidElements: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);
const maxElements = 200;

/**
 * Returns the code that reads a variable of the template: `title` -> `this.title`. Undefined for a variable that the code
 * reads by its name alone.
 */
export type NameOf = (name: string) => string | undefined;

interface Attribute {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly open: number;
}

/**
 * Translates the markup of a Vue component into JavaScript: its directives, and its uses of other components with their
 * properties.
 */
export function writeVueMarkup(
  text: string,
  { from, to }: { readonly from: number; readonly to: number },
  code: CodeWriter,
  components: ReadonlySet<string>,
  nameOf: NameOf,
): void {
  const open: { name: string; close: string; locals: readonly string[] }[] = [];
  const tag = /<!--|<(\/?)([A-Za-z][\w.:-]*)/g;
  tag.lastIndex = from;
  for (let found = tag.exec(text); found && found.index < to; found = tag.exec(text)) {
    if (found[0] === '<!--') {
      const end = text.indexOf('-->', found.index);
      if (end < 0) break;
      tag.lastIndex = end;
      continue;
    }
    const name = found[2] ?? '';
    if (found[1] === '/') {
      if (!open.some((element) => element.name === name)) continue;
      for (let element = open.pop(); element; element = open.pop()) {
        code.add(element.close, found.index, found.index);
        if (element.name === name) break;
      }
      continue;
    }
    const { attributes, end } = attributesAt(text, tag.lastIndex, to);
    tag.lastIndex = end;
    const isAlone = text.charAt(end - 2) === '/' || voidElements.has(name.toLowerCase());
    const locals: string[] = [];
    const named: NameOf = (one) =>
      locals.includes(one) || open.some((element) => element.locals.includes(one)) ? undefined : nameOf(one);
    const close = scopes(text, attributes, code, named, locals);
    values(text, attributes, code, named);
    const component = componentName(name, components);
    if (component !== undefined)
      call(text, component, attributes, code, named, { from: found.index, to: end });
    if (isAlone || open.length >= maxElements) code.add(close, end, end);
    else open.push({ name, close, locals });
  }
  for (let element = open.pop(); element; element = open.pop()) code.add(element.close, to, to);
}

function attributesAt(text: string, from: number, to: number): { attributes: Attribute[]; end: number } {
  const attributes: Attribute[] = [];
  const attribute =
    /[\s/]*(?:(>)|([^\s"'<>=/][^\s"'<>=/]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?)/y;
  let at = from;
  while (attributes.length < 200) {
    attribute.lastIndex = at;
    const found = attribute.exec(text);
    if (!found || attribute.lastIndex > to) return { attributes, end: Math.max(at, from) };
    at = attribute.lastIndex;
    if (found[1] !== undefined) return { attributes, end: at };
    const value = found[3] ?? found[4] ?? found[5];
    const quote = found[5] === undefined ? 1 : 0;
    const end = value === undefined ? at : at - quote;
    const open = at - found[0].length + found[0].search(/[^\s/]/);
    attributes.push({ name: found[2] ?? '', from: end - (value?.length ?? 0), to: end, open });
  }
  return { attributes, end: at };
}

/** Translates `v-for`, `v-if` and slots. Returns the code that closes them. */
function scopes(
  text: string,
  attributes: readonly Attribute[],
  code: CodeWriter,
  nameOf: NameOf,
  locals: string[],
): string {
  let close = '';
  for (const { name, from, to, open } of attributes) {
    const value = text.slice(from, to);
    if (name === 'v-for') {
      const [head = '', items = '', keys = ''] =
        /^\s*\(?((?:\{[^}]*\}|\[[^\]]*\]|[\w$]+))([^()]*)\)?\s+(?:in|of)\s+/.exec(value) ?? [];
      if (head === '' || !isExpression(`(${items} = 0)`)) continue;
      code.add(`for (const ${items} of (`, open, to);
      if (!writeExpression(text, from + head.length, to, code, nameOf)) code.add('undefined', from, to);
      const others = keys.split(/[\s,]+/).filter((one) => /^[\w$]+$/.test(one));
      code.add(`)) {${others.map((one) => ` let ${one} = 0;`).join('')}\n`, open, to);
      locals.push(...(items.match(/[\w$]+/g) ?? []), ...others);
      close += '}\n';
    } else if (/^(?:v-slot|#)/.test(name) && /^\s*(?:\{[\w$\s,:]*\}|[\w$]+)\s*$/.test(value)) {
      code.add(`{ const ${value} = $$slot();\n`, open, to);
      locals.push(...(value.match(/[\w$]+/g) ?? []));
      close += '}\n';
    }
  }
  for (const { name, from, to, open } of attributes) {
    if (!/^v-(?:if|else-if|show)$/.test(name) || !isExpression(text.slice(from, to))) continue;
    code.add('if (', open, to);
    writeExpression(text, from, to, code, nameOf);
    code.add(') {\n', open, to);
    close = `}\n${close}`;
  }
  return close;
}

function values(text: string, attributes: readonly Attribute[], code: CodeWriter, nameOf: NameOf): void {
  for (const { name, from, to, open } of attributes) {
    const [, bound = ''] = /^(?:v-bind:|:|\.)([\w-]+)/.exec(name) ?? [];
    const attribute = bound.toLowerCase();
    const isRaw =
      name === 'v-html' ||
      attribute === 'innerhtml' ||
      attribute === 'inner-html' ||
      isUnsafeAttribute(attribute);
    if (!isRaw && !isUrlAttribute(attribute)) continue;
    if (!isExpression(text.slice(from, to))) continue;
    code.add(isRaw ? '$$raw(' : '$$url(', open, to + 1);
    writeExpression(text, from, to, code, nameOf);
    code.add(');\n', open, to + 1);
  }
}

function componentName(tag: string, components: ReadonlySet<string>): string | undefined {
  const pascal = tag.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const isOwn = /^[A-Z]/.test(tag) || tag.includes('-');
  return isOwn && components.has(pascal) ? pascal : undefined;
}

function call(
  text: string,
  component: string,
  attributes: readonly Attribute[],
  code: CodeWriter,
  nameOf: NameOf,
  { from: start, to: end }: { readonly from: number; readonly to: number },
): void {
  code.add(`${component}({`, start, end);
  for (const { name, from, to } of attributes) {
    const [, bound] = /^(?:v-bind:|:|v-model:)([\w-]+)/.exec(name) ?? [];
    const property = bound ?? (name === 'v-model' ? 'modelValue' : undefined);
    if (property !== undefined && isExpression(text.slice(from, to))) {
      code.add(`${JSON.stringify(camelCase(property))}: `, from, to);
      writeExpression(text, from, to, code, nameOf);
      code.add(', ', from, to);
    } else if (name === 'v-bind' && isExpression(text.slice(from, to))) {
      code.add('...', from, to);
      writeExpression(text, from, to, code, nameOf);
      code.add(', ', from, to);
    }
  }
  code.add('});\n', start, end);
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Copies an expression in brackets, with its variables renamed for the code. */
function writeExpression(text: string, from: number, to: number, code: CodeWriter, nameOf: NameOf): boolean {
  const source = text.slice(from, to);
  if (!isExpression(source)) return false;
  // Filters of Vue 2 look like a bitwise `or`, and are parsed as such.
  const program = parseScript(`(${source}\n)`, 0, source.length + 3);
  if (!program) return false;
  const own = new Set<string>();
  const found: { at: number; name: string; isShort: boolean }[] = [];
  walkTree(program, (node, parent) => {
    if (node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression') {
      for (const param of node.params)
        walkTree(param, (one) => one.type === 'Identifier' && own.add(one.name));
    }
    if (node.type !== 'Identifier') return;
    if (parent?.type === 'MemberExpression' && parent.property === node && !parent.computed) return;
    const isShort = parent?.type === 'Property' && parent.shorthand;
    if (parent?.type === 'Property' && parent.key === node && !parent.computed && !isShort) return;
    found.push({ at: from + node.start - 1, name: node.name, isShort });
  });
  code.add('(', from, to);
  let at = from;
  for (const one of found.sort((a, b) => a.at - b.at)) {
    const named = own.has(one.name) ? undefined : nameOf(one.name);
    if (named === undefined || one.at < at) continue;
    code.copy(at, one.at);
    code.add(one.isShort ? `${one.name}: ${named}` : named, one.at, one.at + one.name.length);
    at = one.at + one.name.length;
  }
  code.copy(at, to);
  code.add('\n)', from, to);
  return true;
}
