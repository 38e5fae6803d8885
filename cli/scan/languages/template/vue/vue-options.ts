import type { Expression, Node, ObjectExpression, ObjectProperty, Program } from 'oxc-parser';
import type { CodeWriter } from '../code-writer.ts';
import { CodeWriter as Writer } from '../code-writer.ts';
import { isGlobalName } from '../global-names.ts';
import { walkTree } from '../script-parts.ts';
import { writeVueMarkup } from './vue-markup.ts';

export interface VueOptions {
  readonly text: string;
  /** The offset of the script in the file. Offsets in `program` are relative to this offset. */
  readonly from: number;
  readonly program: Program;
  readonly markup: { readonly from: number; readonly to: number } | undefined;
  /** Names that the component's scripts declare or import at their top level. */
  readonly imported: ReadonlySet<string>;
  readonly before: CodeWriter;
  readonly body: CodeWriter;
}

/**
 * Translates a component with Vue's options (`data`, `computed`, `methods`) into a class. Properties and data become
 * fields, computed values become getters, hooks and methods become methods. One more method renders the template. Methods of
 * mixins are added to each instance.
 */
export function writeVueOptions({ text, from, program, markup, imported, before, body }: VueOptions): void {
  const options = optionsOf(program);
  const code = new Writer(text);
  const fields = new Writer(text);
  const source = (node: { readonly start: number; readonly end: number }): string =>
    text.slice(from + node.start, from + node.end);
  const returned = new Set<string>();
  const provided: string[] = [];
  code.add("import { inject as $$inject, provide as $$provide } from 'vue';\n", 0, 0);
  code.add('class $$Component {\n', 0, 0);
  for (const property of propertiesOf(options)) {
    const name = nameOf(property);
    const { value } = property;
    if (name === 'props')
      for (const one of propNames(value)) fields.add(`this.${one} = $$props.${one};\n`, 0, 0);
    else if (name === 'data') {
      method(property, '$$data');
      for (const one of returnedNames(value)) fields.add(`this.${one} = this.$$data().${one};\n`, 0, 0);
    } else if (name === 'mixins') {
      for (const one of value.type === 'ArrayExpression' ? value.elements : [])
        if (one?.type === 'Identifier') fields.add(`Object.assign(this, ${one.name}.methods);\n`, 0, 0);
    } else if (name === 'inject') {
      for (const [one, key] of injected(value)) fields.add(`this.${one} = $$inject('${key}');\n`, 0, 0);
    } else if (name === 'provide') {
      if (value.type === 'ObjectExpression') provideEntries(value);
      else method(property, '$$provided');
      for (const one of returnedNames(value))
        provided.push(`$$provide('${one}', this.$$provided().${one});\n`);
    } else if (name === 'setup') {
      method(property, '$$setup');
      for (const one of returnedNames(value)) returned.add(one);
    } else if (name === 'computed' || name === 'methods' || name === 'watch') {
      if (value.type !== 'ObjectExpression') continue;
      for (const one of propertiesOf(value)) {
        const get =
          one.value.type === 'ObjectExpression'
            ? propertiesOf(one.value).find((it) => nameOf(it) === 'get')
            : one;
        if (get)
          method(get, nameOf(one), name === 'computed' ? 'get ' : '', name === 'watch' ? '$$watch_' : '');
      }
    } else method(property, name);
  }
  code.add('constructor($$props) {\n', 0, 0);
  code.append(fields);
  // Provided values may use all fields.
  for (const one of provided) code.add(one, 0, 0);
  code.add('}\n$$render($$props) {\n', 0, 0);
  if (returned.size > 0) code.add('const $$s = this.$$setup($$props);\n', 0, 0);
  if (markup) {
    writeVueMarkup(text, markup, code, imported, (name) => {
      if (returned.has(name)) return `($$s.${name}.value ?? $$s.${name})`;
      return isGlobalName(name) ? undefined : `this.${name}`;
    });
  }
  code.add('}\n}\n', text.length, text.length);
  before.append(code);
  body.add('new $$Component($$context).$$render($$context);\n', 0, text.length);

  /** Translates a function of the options to a method. */
  function method(property: ObjectProperty, name: string | undefined, kind = '', prefix = ''): void {
    const { value } = property;
    if (name === undefined || !/^[\w$]+$/.test(name)) return;
    if (value.type !== 'FunctionExpression' && value.type !== 'ArrowFunctionExpression') return;
    const { body: block } = value;
    if (!block) return;
    code.add(
      `${kind}${value.async && kind === '' ? 'async ' : ''}${prefix}${name}(`,
      from + value.start,
      from + value.end,
    );
    if (kind === '') {
      value.params.forEach((param, i) => {
        if (i > 0) code.add(', ', from + param.start, from + param.start);
        code.copy(from + param.start, from + param.end);
      });
    }
    code.add(') ', from + value.start, from + value.end);
    if (block.type === 'BlockStatement') code.copy(from + block.start, from + block.end);
    else {
      code.add('{ return (', from + block.start, from + block.end);
      code.copy(from + block.start, from + block.end);
      code.add('\n); }', from + block.start, from + block.end);
    }
    code.add('\n', from + block.end, from + block.end);
  }

  /** `provide: { note }` */
  function provideEntries(object: ObjectExpression): void {
    for (const one of propertiesOf(object)) {
      const name = nameOf(one);
      if (name === undefined) continue;
      fields.add(`$$provide('${name}', `, 0, 0);
      fields.copy(from + one.value.start, from + one.value.end);
      fields.add(');\n', 0, 0);
    }
  }

  function propNames(value: Expression): string[] {
    if (value.type === 'ObjectExpression') return propertiesOf(value).flatMap((one) => nameOf(one) ?? []);
    if (value.type !== 'ArrayExpression') return [];
    return value.elements
      .flatMap((one) => (one?.type === 'Literal' ? [source(one).slice(1, -1)] : []))
      .filter(isName);
  }
}

/** The injected fields, with their keys: `['note']`, `{ note: { from: 'key' } }`. */
function injected(value: Expression): (readonly [field: string, key: string])[] {
  if (value.type === 'ArrayExpression')
    return value.elements.flatMap((one) => {
      const text = one ? textOf(one) : undefined;
      return text === undefined ? [] : [[text, text] as const];
    });
  if (value.type !== 'ObjectExpression') return [];
  return propertiesOf(value).flatMap((one) => {
    const name = nameOf(one);
    const options = one.value.type === 'ObjectExpression' ? propertiesOf(one.value) : [];
    const key = options.find((it) => nameOf(it) === 'from')?.value ?? one.value;
    const text = textOf(key) ?? (options.length > 0 ? name : undefined);
    return name === undefined || text === undefined ? [] : [[name, text] as const];
  });
}

/** The text of a string literal that can be a name. */
function textOf(node: Node): string | undefined {
  return node.type === 'Literal' && typeof node.value === 'string' && isName(node.value)
    ? node.value
    : undefined;
}

function isName(text: string): boolean {
  return /^[\w$]+$/.test(text) && !/^\d/.test(text);
}

/** The options in `export default {}`, also inside `defineComponent()` and `Vue.extend()`. */
function optionsOf(program: Program): ObjectExpression | undefined {
  for (const node of program.body) {
    if (node.type !== 'ExportDefaultDeclaration') continue;
    let it: Node = node.declaration;
    if (it.type === 'CallExpression' && it.arguments[0]) it = it.arguments[0];
    if (it.type === 'ObjectExpression') return it;
  }
  return undefined;
}

function propertiesOf(object: ObjectExpression | undefined): ObjectProperty[] {
  return (object?.properties ?? []).filter((one): one is ObjectProperty => one.type === 'Property');
}

function nameOf({ key, computed }: ObjectProperty): string | undefined {
  if (computed) return undefined;
  const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : undefined;
  return name !== undefined && isName(name) ? name : undefined;
}

/** The names in the object that a function returns. */
function returnedNames(value: Expression): string[] {
  const names = new Set<string>();
  const add = (it: Node | null | undefined): void => {
    if (it?.type === 'ObjectExpression') for (const one of propertiesOf(it)) names.add(nameOf(one) ?? '');
  };
  if (value.type === 'ArrowFunctionExpression') add(value.body);
  walkTree(value, (node) => {
    if (node.type === 'ReturnStatement') add(node.argument);
  });
  names.delete('');
  return [...names];
}
