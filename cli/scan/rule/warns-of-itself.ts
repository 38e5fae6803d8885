import type { Linked } from '../link/linked.ts';

/** Whether code says of itself that it is there for old data alone: it warns who calls it, or who makes its class. */
export function warnsOfItself(linked: Linked, id: number): boolean {
  const info = linked.program.functions[id];
  const module = linked.program.modules[info?.module ?? 0];
  if (!info || !module) return false;
  const owner = info.func.class;
  return module.functions.some(
    ({ class: of, name, code }) =>
      ((owner >= 0 && of === owner && /^(__init__|__new__|constructor)$/.test(name)) ||
        code === info.func.code) &&
      code.some((inst) => {
        if (inst.op !== 'call') return false;
        const callee = code[inst.callee];
        const called =
          callee?.op === 'member' || callee?.op === 'import' || callee?.op === 'global' ? callee.name : '';
        return /^(warn|deprecate|emitWarning)$/.test(called) && inst.args.some((arg) => isNotice(code[arg]));
      }),
  );
}

function isNotice(inst: { readonly op: string; readonly value?: unknown } | undefined): boolean {
  return inst?.op === 'const' && typeof inst.value === 'string' && /\bdeprecated\b/i.test(inst.value);
}
