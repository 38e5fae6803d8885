import { maxHandlerNesting } from '../../budgets/callgraph.ts';
import type { Func } from '../../ir/ir.ts';
import { hosts } from '../../languages/language-id.ts';
import type { HandlerForm } from '../../models/conventions.ts';
import type { Linker } from '../linker.ts';
import type { FuncInfo } from '../program.ts';

/**
 * Returns a predicate: whether values of a library type can occur in a function. They can if the program imports a
 * package that provides the type, if no such package is known, or if the program imports nothing at all. There is one
 * exception: a program that imports no server may hold handlers that other code registers. In it, the types of a
 * framework's request handlers also occur in each function whose parameters are named like those of a handler.
 */
export function presentTypes(linker: Linker): (type: string, info: FuncInfo) => boolean {
  const used = new Set<string>();
  linker.program.instructions.each('import', ({ specifier }) => {
    used.add(specifier);
  });
  const imports = [...used].map((name) => name.replace(/^@types\//, '').replace(/[^a-z]/g, ''));
  if (imports.length === 0) return () => true;
  let hasServer = false;
  const present = new Map<string, boolean>();
  const forms = new Map<string, Form>();
  for (const host of hosts) {
    for (const { types, packages, isServer, handlers } of linker.api(host).conventions.presence) {
      const isThere = packages.some((one) => imports.some((name) => name.startsWith(one)));
      if (isServer && isThere) hasServer = true;
      if (types === undefined) continue;
      present.set(types, isThere || present.get(types) === true);
      if (handlers) forms.set(types, { ...handlers, named: new RegExp(handlers.params) });
    }
  }
  return (type, info) => {
    const [owner = ''] = type.split('.');
    if (present.get(owner) !== false) return true;
    const form = forms.get(owner);
    return !hasServer && form !== undefined && isOfForm(linker, info, form);
  };
}

interface Form extends HandlerForm {
  readonly named: RegExp;
}

function isOfForm({ program }: Linker, info: FuncInfo, form: Form): boolean {
  const first = program.firstFunc[info.module] ?? 0;
  let func: Func | undefined = info.func;
  for (let depth = 0; func && depth < (form.isEnclosing ? maxHandlerNesting : 1); depth++) {
    if (hasForm(func, form)) return true;
    func = func.outer < 0 ? undefined : program.functions[first + func.outer]?.func;
  }
  return false;
}

function hasForm({ params, code }: Func, { named, sets }: Form): boolean {
  const [first, second] = params;
  return (
    named.test([first?.name ?? '', ...(second ? [second.name] : [])].join()) &&
    (!sets || code.some((inst) => inst.op === 'store' && sets.includes(inst.name)))
  );
}
