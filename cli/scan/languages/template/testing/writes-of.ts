import { expect } from 'vitest';
import type { Func, Module } from '../../../ir/ir.ts';
import { verifyIr } from '../../../ir/verify-ir.ts';
import { readTemplate } from '../read-template.ts';

/**
 * What a template writes unescaped, and what it includes, each with the stretch of the template that does so.
 *
 *     writesOf('a.ejs', '<p><%- user.name %></p>')   // ['raw context.user.name: <%- user.name %>']
 */
export function writesOf(path: string, text: string): string[] {
  const module = readTemplate(path, text);
  expect(verifyIr(module)).toEqual([]);
  expect(module.language).toBe('template');
  return module.functions.flatMap((func) =>
    func.code.flatMap((inst) => {
      if (inst.op !== 'call') return [];
      const callee = func.code[inst.callee];
      const kind = callee?.op === 'global' ? kinds.get(callee.name) : undefined;
      if (kind === undefined) return [];
      const args = inst.args.map((arg) => describe(module, func, arg, 0)).join(', ');
      return [`${kind} ${args}: ${text.slice(inst.at, inst.end)}`];
    }),
  );
}

const kinds: ReadonlyMap<string, string> = new Map([
  ['bulwark:raw-output', 'raw'],
  ['bulwark:include', 'include'],
]);

function describe(module: Module, func: Func, value: number, depth: number): string {
  const inst = func.code[value];
  const inner = (next: number): string => (depth > 9 ? '...' : describe(module, func, next, depth + 1));
  switch (inst?.op) {
    case 'param':
      return (func.params[inst.index]?.name ?? '').replace('$$', '');
    case 'const':
      return JSON.stringify(inst.value) ?? 'undefined';
    case 'global':
      return inst.name;
    case 'import':
      return `import(${inst.specifier})`;
    case 'member':
      return `${inner(inst.object)}.${inst.name}`;
    case 'index':
      return `${inner(inst.object)}[${inner(inst.key)}]`;
    case 'cell-load':
      return module.cells[inst.cell]?.name ?? '';
    case 'element':
      return `each(${inner(inst.value)})`;
    case 'phi':
      return inner(inst.inputs[0] ?? -1);
    case 'effect':
      return inner(inst.value);
    case 'call':
      return `${inner(inst.callee)}(${inst.args.map((arg, i) => `${inst.names?.[i] ? `${inst.names[i]}=` : ''}${inner(arg)}`).join(', ')})`;
    case 'text':
      return inst.parts.map(inner).join(' ~ ');
    case 'binary':
      return `${inner(inst.left)} ${inst.operator} ${inner(inst.right)}`;
    case 'object':
      return `{${inst.keys.map((key, i) => `${key}: ${inner(inst.values[i] as number)}`).join(', ')}}`;
    case 'this':
      return 'this';
    default:
      return inst?.op ?? '?';
  }
}
