import type { Class, Comment, Func, Inst, Module, Param, ParseProblem } from '../../ir/ir.ts';
import { readJavascript } from '../javascript/parse/read-javascript.ts';
import { CodeWriter } from './code-writer.ts';
import { isGlobalName } from './global-names.ts';
import { rendererName } from './renderer.ts';
import type { TemplateCode } from './template-code.ts';

/** Lowers a template to a module. `code` is the JavaScript that the front end of its template engine generated for it. */
export function buildTemplate(
  path: string,
  text: string,
  code: TemplateCode,
  comments: readonly Comment[],
  problems: readonly ParseProblem[] = [],
): Module {
  const first = assemble(text, code, []);
  const free = freeNames(readJavascript(`${path}.ts`, first.text), code);
  const names = [...new Set([...free, ...(code.assigned ?? [])])];
  const writer = names.length > 0 ? assemble(text, code, names) : first;
  const module = readJavascript(`${path}.ts`, writer.text);
  return {
    ...module,
    path,
    language: 'template',
    functions: module.functions.map((func) => inTemplate(path, writer, func)),
    classes: module.classes.map((it): Class => ({ ...it, ...span(writer, it) })),
    problems: [...problems, ...module.problems.map((it) => ({ ...it, at: writer.startOf(it.at) }))],
    comments,
    lines: lineOffsets(text),
  };
}

/** The name of the render function in the code. */
const rendererInCode = '$$template';

function assemble(text: string, code: TemplateCode, names: readonly string[]): CodeWriter {
  const writer = new CodeWriter(text);
  if (code.before) writer.append(code.before);
  writer.add(`\nexport default function ${rendererInCode}($$context) {\n${code.prelude ?? ''}`, 0, 0);
  for (const name of names) writer.add(`${declared(name, code)}\n`, 0, 0);
  // A block, because the code may declare a name that is also in the context.
  writer.add('{\n', 0, 0);
  writer.append(code.body);
  writer.add('\n}\n}\n', text.length, text.length);
  return writer;
}

function declared(name: string, code: TemplateCode): string {
  const known = code.known?.get(name);
  if (known !== undefined) return `let ${name} = ${known};`;
  return `let ${name} = $$context.${name.replace(/^\$\$name_/, '')};`;
}

/** Names that neither the code nor JavaScript declares: variables of the context. */
function freeNames(module: Module, code: TemplateCode): string[] {
  const names = new Set<string>();
  for (const func of module.functions) {
    if (!isInRenderer(module, func)) continue;
    for (const inst of func.code) {
      if (inst.op !== 'global' || (isGlobalName(inst.name) && !code.known?.has(inst.name))) continue;
      if (/^(?!\$\$(?!name_))[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(inst.name)) names.add(inst.name);
    }
  }
  return [...names];
}

function isInRenderer(module: Module, func: Func): boolean {
  let it: Func | undefined = func;
  while (it && it.outer > 0) it = module.functions[it.outer];
  return it?.name === rendererInCode;
}

function span(
  writer: CodeWriter,
  it: { readonly at: number; readonly end: number },
): { at: number; end: number } {
  const at = writer.startOf(it.at);
  return { at, end: Math.max(at, writer.endOf(it.end)) };
}

function inTemplate(path: string, writer: CodeWriter, func: Func): Func {
  const isRenderer = func.name === rendererInCode && func.outer === 0;
  return {
    ...func,
    ...(isRenderer
      ? { name: rendererName(path), at: 0, end: writer.source.length }
      : { name: func.name.replace(/^\$\$(?:mixin|name)_/, ''), ...span(writer, func) }),
    params: func.params.map((param): Param => ({ ...param, at: writer.startOf(param.at) })),
    code: func.code.map((inst): Inst => ({ ...meant(func, inst), ...span(writer, inst) })),
  };
}

/** The instruction, with the names of `TemplateCode` replaced by their meaning. */
function meant(func: Func, inst: Inst): Inst {
  if (inst.op === 'global' && inst.name.startsWith('$$')) {
    return { ...inst, name: meanings.get(inst.name) ?? inst.name.replace('$$filter_', 'bulwark:filter:') };
  }
  if (inst.op !== 'call') return inst;
  const names = inst.args.map((arg) => keyword(func, arg));
  if (names.every((name) => name === undefined)) return inst;
  return {
    ...inst,
    args: inst.args.map((arg, i) => (names[i] === undefined ? arg : innerArgument(func, arg))),
    names: names.map((name) => name ?? null),
  };
}

const meanings: ReadonlyMap<string, string> = new Map([
  ['$$raw', 'bulwark:raw-output'],
  ['$$url', 'bulwark:url-output'],
  ['$$link', 'bulwark:link-output'],
  ['$$out', 'bulwark:output'],
  ['$$include', 'bulwark:include'],
  ['$$request', 'bulwark:request'],
  ['$$event', 'bulwark:event'],
  ['$$script', 'bulwark:script'],
  ['$$style', 'bulwark:style'],
]);

function keyword(func: Func, value: number): string | undefined {
  const inst = func.code[value];
  if (inst?.op !== 'call' || inst.args.length !== 1) return undefined;
  const callee = func.code[inst.callee];
  return callee?.op === 'global' && callee.name.startsWith('$$kw_') ? callee.name.slice(5) : undefined;
}

function innerArgument(func: Func, value: number): number {
  const inst = func.code[value];
  return inst?.op === 'call' ? (inst.args[0] as number) : value;
}

function lineOffsets(text: string): number[] {
  const lines = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.push(at + 1);
  return lines;
}
