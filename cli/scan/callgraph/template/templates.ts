import type { Call, Inst } from '../../ir/ir.ts';
import { languageOf } from '../../languages/registry.ts';
import { rendererName } from '../../languages/template/renderer.ts';
import { isStepOf, type TemplateCall, type TemplateContext } from '../../models/api.ts';
import type { Step } from '../../models/parse-path.ts';
import { paramNode } from '../calls.ts';
import type { Linker } from '../linker.ts';
import { field } from '../members.ts';
import type { FuncInfo, Program } from '../program.ts';
import { templateNames } from './template-names.ts';
import { decoratedWith } from './template-returns.ts';

/** The context of a loaded template: all arguments of the call that renders it. */
const everything: TemplateContext = {
  positional: [{ kind: 'argument', indices: [], from: 0, names: [], self: false }],
  keywords: true,
};
/** Methods that render a loaded template. */
const renderMethods = ['render', 'render_async', 'generate', 'stream', 'render_to_string'];

/**
 * Links a call that renders a template, or loads one, to the function that stands for the template's file. For a
 * decorator that names a template, links the decorated functions instead.
 */
export function renderTemplate(
  linker: Linker,
  info: FuncInfo,
  inst: Inst & Call,
  node: number,
  { name, context }: TemplateCall,
): void {
  inst.args.forEach((arg, i) => {
    if (!isArgument(name, i, inst.names?.[i] ?? null)) return;
    for (const file of templateNames(linker, info, arg)) {
      const found = linker.templates.find(info.module, file);
      if (context === 'returns') decoratedWith(linker, info, node - info.firstValue, found);
      else if (context === 'loads') for (const func of found) load(linker, func, node);
      else for (const func of found) give(linker, info, inst, node, func, context);
    }
  });
}

/**
 * Which arguments of a call of `target` are the context of a template: all of them, if `target` stands for a template
 * file. Undefined if it does not.
 */
export function loadedContext(linker: Linker, target: FuncInfo): TemplateContext | undefined {
  return isRenderer(linker.program, target.id) ? everything : undefined;
}

/** Whether a function stands for a template file. */
export function isRenderer(program: Program, func: number): boolean {
  const info = program.functions[func];
  const module = info && program.modules[info.module];
  return (
    module !== undefined &&
    languageOf(module).isTemplate &&
    info?.func.outer === 0 &&
    info.func.name === rendererName(module.path)
  );
}

function load(linker: Linker, func: number, node: number): void {
  const token = linker.tokens.of('func', func);
  linker.graph.add(node, token);
  for (const method of renderMethods) linker.graph.add(field(linker, token, method), token);
}

function give(
  linker: Linker,
  info: FuncInfo,
  inst: Inst & Call,
  node: number,
  func: number,
  context: TemplateContext,
): void {
  if (!linker.addTarget(node, { func, makes: -1, shift: 0, context })) return;
  const { graph, tokens } = linker;
  const param = paramNode(linker.func(func), 0);
  graph.edge(linker.returns(func), node);
  if (param === undefined) return;
  const named = tokens.of('object', node);
  inst.args.forEach((arg, i) => {
    const from = info.firstValue + arg;
    const name = inst.names?.[i] ?? null;
    if (context.positional.some((step) => isArgument(step, i, name))) graph.edge(from, param);
    else if (context.keywords && name !== null) {
      if (inst.spread?.includes(i)) graph.edge(from, param);
      else {
        graph.add(param, named);
        graph.edge(from, field(linker, named, name));
      }
    }
  });
}

function isArgument(step: Step, position: number, name: string | null): boolean {
  return step.kind === 'argument' && isStepOf({ from: undefined, ...step, to: [] }, position, name);
}
