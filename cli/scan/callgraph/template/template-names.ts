import { maxTemplateNameSteps, maxTemplateNames } from '../../budgets/callgraph.ts';
import type { Inst } from '../../ir/ir.ts';
import type { Linker } from '../linker.ts';
import { type FuncInfo, literalText } from '../program.ts';

/**
 * The template names that a value may stand for, as far as the code spells them out: a string, each of several
 * alternatives, the literal end of a joined path, or the path of a file that is read. Empty if none is known.
 */
export function templateNames(linker: Linker, info: FuncInfo, value: number): readonly string[] {
  const names = new Set<string>();
  collect(linker, info, value, names, 0);
  return [...names];
}

function collect(linker: Linker, info: FuncInfo, value: number, names: Set<string>, depth: number): void {
  const inst: Inst | undefined = info.func.code[value];
  if (!inst || depth > maxTemplateNameSteps || names.size >= maxTemplateNames) return;
  const further = (next: number | undefined): void => {
    if (next !== undefined) collect(linker, info, next, names, depth + 1);
  };
  switch (inst.op) {
    case 'const':
      if (typeof inst.value === 'string' && inst.value !== '') names.add(inst.value);
      return;
    case 'phi':
      for (const input of inst.inputs) further(input);
      return;
    case 'list':
      for (const item of inst.items) further(item);
      return;
    case 'await':
    case 'typed':
    case 'effect':
    case 'cell-store':
      further(inst.value);
      return;
    case 'binary': {
      // `folder + '/page.ejs'`, Python's `FOLDER / 'page.html'`
      const left = inst.operator === '+' ? literalText(info.func, inst.left) : undefined;
      const right = literalText(info.func, inst.right);
      if (left !== undefined && right !== undefined) names.add(left + right);
      else if (right?.includes('.')) names.add(right);
      return;
    }
    case 'text': {
      const last = literalText(info.func, inst.parts.at(-1) ?? -1);
      // `${folder}/page.ejs`: the literal must contain a whole name.
      if (last?.includes('/') || inst.parts.length === 1) names.add((last ?? '').replace(/^[^/]*\//, ''));
      return;
    }
    case 'call': {
      const callee = info.func.code[inst.callee];
      const name =
        callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
      if (joins.has(name)) {
        const last: string[] = [];
        for (let i = inst.args.length - 1; i >= 0; i--) {
          const part = literalText(info.func, inst.args[i] as number);
          if (part === undefined) break;
          last.unshift(part);
        }
        if (last.length > 0) names.add(last.join('/'));
      } else if (passes.has(name) || inst.isNew) further(inst.args[0]);
      else if (methods.has(name) && callee?.op === 'member') further(callee.object);
      return;
    }
    case 'cell-load': {
      const first = linker.program.firstCell[info.module] as number;
      const stored = linker.templates.cellValue(first + inst.cell);
      const owner = stored && linker.program.functions[stored.func];
      if (owner) collect(linker, owner, stored.value, names, depth + 1);
      return;
    }
  }
}

const joins: ReadonlySet<string> = new Set(['join', 'resolve', 'joinpath']);
const passes: ReadonlySet<string> = new Set([
  'readFileSync',
  'readFile',
  'String',
  'str',
  'Path',
  'PurePath',
  'open',
  'fileURLToPath',
  'normalize',
]);
/** Methods whose receiver is the file or its contents. */
const methods: ReadonlySet<string> = new Set([
  'toString',
  'read',
  'read_text',
  'trim',
  'resolve',
  'as_posix',
]);
