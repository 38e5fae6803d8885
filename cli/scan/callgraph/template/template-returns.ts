import { maxReturnedTemplates } from '../../budgets/callgraph.ts';
import { recordNames, shownBy, showRecords } from '../dispatch/view-records.ts';
import type { Linker } from '../linker.ts';
import type { FuncInfo } from '../program.ts';
import { templateNames } from './template-names.ts';

/**
 * Records that the functions with this decorator return the context of `templates`. With `@template('page.html')`, a
 * function returns the values that `page.html` shows.
 * @param decorator the value of the decorator
 * @param templates the functions that stand for the template files that the decorator names
 */
export function decoratedWith(
  linker: Linker,
  info: FuncInfo,
  decorator: number,
  templates: readonly number[],
): void {
  for (const inst of info.func.code) {
    if (inst.op !== 'call' || !inst.isDecorator || inst.callee !== decorator) continue;
    const [decorated] = inst.args;
    if (decorated === undefined) continue;
    linker.graph.listen(info.firstValue + decorated, (number) => {
      const { kind, ref } = linker.tokens.get(number);
      if (kind === 'func' || kind === 'unbound') for (const func of templates) returnTo(linker, ref, func);
    });
  }
}

/**
 * Links class-based views of Django to the templates that their attribute `template_name` names. The method
 * `get_context_data` returns the context of the template. Entries that Django adds to the context by itself, such as
 * `object_list`, are marked as database records.
 */
export function viewsWithTemplates(linker: Linker): void {
  if (linker.templates.isEmpty) return;
  linker.program.instructions.each('class', (inst, info) => {
    const named = inst.values[inst.names.indexOf('template_name')];
    const shown = recordNames(linker, info, inst);
    if (shown.length > 0)
      for (const func of shownBy(linker, info, inst, named)) showRecords(linker, func, shown);
    if (named === undefined) return;
    const module = linker.program.modules[info.module];
    const context = module?.classes[inst.class]?.methods.find((one) => one.name === 'get_context_data');
    if (!context) return;
    const view = (linker.program.firstFunc[info.module] as number) + context.func;
    for (const name of templateNames(linker, info, named))
      for (const func of linker.templates.find(info.module, name)) returnTo(linker, view, func);
  });
}

function returnTo(linker: Linker, func: number, template: number): void {
  const known = linker.returnedTo.get(func);
  if (!known) linker.returnedTo.set(func, [template]);
  else if (!known.includes(template) && known.length < maxReturnedTemplates) known.push(template);
}
