import type { Inst } from '../../ir/ir.ts';
import { paramNode } from '../calls.ts';
import type { Linker } from '../linker.ts';
import { type FuncInfo, literalText } from '../program.ts';
import { templateNames } from '../template/template-names.ts';
import { nameOf } from './guessed-name.ts';

type ClassInst = Inst & { readonly op: 'class' };

/** Attributes and methods by which a class-based view says which records it shows. It needs one of them. */
const attributes: readonly string[] = ['model', 'queryset', 'context_object_name'];
const methods: ReadonlySet<string> = new Set(['get_object', 'get_queryset']);

/**
 * The names under which a class-based view of Django adds records to its template's context by itself: `object`,
 * `object_list`, `page_obj`, and names such as `user` and `user_list` for the model `User`. Empty for other classes,
 * and for views that do not say which records they show.
 */
export function recordNames(linker: Linker, info: FuncInfo, inst: ClassInst): readonly string[] {
  if (!isView(linker, info, inst)) return [];
  const own = linker.program.modules[info.module]?.classes[inst.class]?.methods ?? [];
  if (!attributes.some((name) => inst.names.includes(name)) && !own.some(({ name }) => methods.has(name)))
    return [];
  const model = modelOf(linker, info, inst);
  const written = inst.values[inst.names.indexOf('context_object_name')];
  const chosen = written === undefined ? undefined : literalText(info.func, written);
  return [
    'object',
    'object_list',
    'page_obj',
    ...(model === undefined ? [] : [model, `${model}_list`]),
    ...(chosen === undefined ? [] : [chosen]),
  ];
}

function isView(linker: Linker, { module, func }: FuncInfo, { bases }: ClassInst): boolean {
  return bases.some((base) => /View$/.test(nameOf(linker, module, func, base, 0) ?? ''));
}

function modelOf(linker: Linker, info: FuncInfo, inst: ClassInst): string | undefined {
  const model = inst.values[inst.names.indexOf('model')];
  return model === undefined ? undefined : nameOf(linker, info.module, info.func, model, 0)?.toLowerCase();
}

/**
 * The templates that a class-based view of Django renders. Each is given as the number of the function that stands for
 * it. `named` is the value that holds the template's name. If it is undefined, the result is the default templates of
 * the view's model, such as `user_list.html`.
 */
export function shownBy(
  linker: Linker,
  info: FuncInfo,
  inst: ClassInst,
  named: number | undefined,
): readonly number[] {
  const model = modelOf(linker, info, inst);
  const names =
    named !== undefined
      ? templateNames(linker, info, named)
      : model === undefined
        ? []
        : ['detail', 'list', 'form', 'confirm_delete'].map((end) => `${model}_${end}.html`);
  return names.flatMap((name) => linker.templates.find(info.module, name));
}

/**
 * Marks values that a template reads from its context as database records: those that it reads under one of the
 * `names`.
 */
export function showRecords(linker: Linker, template: number, names: readonly string[]): void {
  const target = linker.func(template);
  const context = paramNode(target, 0);
  const records = linker.apiOf(target.module).packages.get('template.Record') ?? [];
  if (context === undefined) return;
  target.func.code.forEach((inst, value) => {
    if (inst.op !== 'member' || target.firstValue + inst.object !== context) return;
    if (names.includes(inst.name)) linker.addStates(records, target.firstValue + value);
  });
}
