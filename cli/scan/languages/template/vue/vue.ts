import type { Program } from 'oxc-parser';
import { autoImported } from '../../../frameworks/nuxt/model.ts';
import { CodeWriter } from '../code-writer.ts';
import { type Element, elementsOf } from '../page-scripts.ts';
import { declaredNames, namesIn, parseScript, type Replacement, splitImports } from '../script-parts.ts';
import type { TemplateCode } from '../template-code.ts';
import { writeVueMarkup } from './vue-markup.ts';
import { writeVueOptions } from './vue-options.ts';

/** Definitions of Vue's functions that make references. Templates unwrap references. */
const references = `const ref = (value) => ({ value }); const shallowRef = ref; const customRef = ref;
const computed = (make) => ({ value: typeof make === 'function' ? make() : make.get() });
const toRef = (object, name) => ({ value: name === undefined ? object : object[name] });\n`;
const makers: ReadonlySet<string> = new Set(['ref', 'shallowRef', 'customRef', 'computed', 'toRef']);

/**
 * Translates a single-file component of Vue into a function of its properties. The function runs `<script setup>`, or
 * makes an instance of the class that `writeVueOptions` makes of the component's options. Then it renders the template.
 */
export function readVue(text: string): TemplateCode {
  const before = new CodeWriter(text);
  const body = new CodeWriter(text);
  const scripts = elementsOf(text, 'script');
  const markup = templateOf(text, scripts);
  before.add(references, 0, 0);
  const imported = new Set<string>();
  const ownNames = new Set<string>();
  let options: (() => void) | undefined;
  let setup: Program | undefined;
  for (const { attributes, from, to } of scripts) {
    const program = parseScript(text, from, to);
    if (!program) continue;
    for (const name of declaredNames(program)) ownNames.add(name);
    const isSetup = /\bsetup\b/.test(attributes);
    const cuts = isSetup ? macrosOf(text, from, program) : componentOf(from, program);
    const { imports, rest } = splitImports(text, from, to, program, [
      ...cuts,
      ...ownMakers(text, from, program),
    ]);
    before.append(imports);
    (isSetup ? body : before).append(rest);
    (isSetup ? body : before).add('\n;\n', to, to);
    for (const name of isSetup ? importedNames(program) : declaredNames(program)) imported.add(name);
    if (isSetup) setup = program;
    else options = () => writeVueOptions({ text, from, program, markup, imported, before, body });
  }
  before.add(autoImports(text, ownNames), 0, 0);
  if (setup || !options) {
    const refs = setup ? referencesOf(setup) : new Map<string, string>();
    const declared = setup ? declaredNames(setup) : new Set<string>();
    const components = new Set([...imported, ...declared]);
    if (markup) writeVueMarkup(text, markup, body, components, (name) => refs.get(name));
  } else options();
  return { before, body };
}

const autoImport = new RegExp(
  `(?<![\\w$.])(?:${autoImported.map((name) => name.replace('$', '\\$')).join('|')})(?=\\s*[<(])`,
  'g',
);

/** Imports the names that Nuxt makes available in each file. */
function autoImports(text: string, declared: ReadonlySet<string>): string {
  const names = new Set(text.match(autoImport)?.filter((name) => !declared.has(name)));
  return names.size === 0 ? '' : `import { ${[...names].join(', ')} } from '#imports';\n`;
}

/** The component's own `<template>`. It extends to the last end tag, because templates can be nested. */
function templateOf(text: string, scripts: readonly Element[]): { from: number; to: number } | undefined {
  const opening = /<template(\s[^>]*)?>/g;
  for (let found = opening.exec(text); found; found = opening.exec(text)) {
    const at = found.index;
    if (scripts.some((script) => script.open <= at && at < script.close)) continue;
    // Pug is no markup.
    if (/lang\s*=\s*["']pug/.test(found[1] ?? '')) return undefined;
    const to = text.lastIndexOf('</template');
    return { from: opening.lastIndex, to: to < opening.lastIndex ? text.length : to };
  }
  return undefined;
}

/** `defineProps()` returns the component's properties. */
function macrosOf(text: string, from: number, program: Program): Replacement[] {
  const all: Replacement[] = [];
  for (const node of program.body) {
    if (node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration') {
      all.push({ from: from + node.start, to: from + node.end, code: '' });
    } else if (node.type === 'VariableDeclaration') {
      for (const { init } of node.declarations) {
        if (init?.type !== 'CallExpression') continue;
        const source = text.slice(from + init.start, from + Math.min(init.end, init.start + 60));
        const model = /^defineModel\b.*?\(\s*(?:["'](\w+)["'])?/s.exec(source);
        if (/^(?:defineProps|withDefaults)\b/.test(source))
          all.push({ from: from + init.start, to: from + init.end, code: '$$context' });
        else if (model)
          all.push({
            from: from + init.start,
            to: from + init.end,
            code: `ref($$context.${model[1] ?? 'modelValue'})`,
          });
      }
    }
  }
  return all;
}

/** The exported component is replaced by a class. */
function componentOf(from: number, program: Program): Replacement[] {
  return program.body
    .filter((node) => node.type === 'ExportDefaultDeclaration')
    .map((node) => ({ from: from + node.start, to: from + node.end, code: '' }));
}

/** Replaces imports of functions that this module defines. */
function ownMakers(text: string, from: number, program: Program): Replacement[] {
  const all: Replacement[] = [];
  for (const node of program.body) {
    if (node.type !== 'ImportDeclaration' || !/^(?:vue|@vue\/[\w-]+)$/.test(node.source.value)) continue;
    const kept = node.specifiers.filter((one) => !makers.has(one.local.name));
    if (kept.length < node.specifiers.length)
      all.push({
        from: from + node.start,
        to: from + node.end,
        code: importOf(text, from, kept, node.source.value),
      });
  }
  return all;
}

function importOf(
  text: string,
  from: number,
  specifiers: readonly { readonly type: string; readonly start: number; readonly end: number }[],
  source: string,
): string {
  const names = specifiers.filter((one) => one.type === 'ImportSpecifier');
  return `import { ${names.map((one) => text.slice(from + one.start, from + one.end)).join(', ')} } from '${source}';`;
}

function importedNames(program: Program): Set<string> {
  const names = new Set<string>();
  for (const node of program.body)
    if (node.type === 'ImportDeclaration') for (const one of node.specifiers) names.add(one.local.name);
  return names;
}

/** The replacements for reads of variables that hold references, or may hold one that a function returned. */
function referencesOf(program: Program): Map<string, string> {
  const names = new Map<string, string>();
  for (const node of program.body) {
    if (node.type !== 'VariableDeclaration') continue;
    for (const { id, init } of node.declarations) {
      const made = init?.type === 'AwaitExpression' ? init.argument : init;
      if (made?.type !== 'CallExpression') continue;
      const callee = made.callee.type === 'Identifier' ? made.callee.name : '';
      if (/^(?:defineProps|withDefaults|defineEmits|reactive)$/.test(callee)) continue;
      for (const name of namesIn(id)) {
        const isCertain = id.type === 'Identifier' && (makers.has(callee) || callee === 'defineModel');
        names.set(name, isCertain ? `${name}.value` : `(${name}.value ?? ${name})`);
      }
    }
  }
  return names;
}
