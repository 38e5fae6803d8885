import { maxHopsToFileName } from '../budgets/guards.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { ValueId } from '../ir/ir.ts';

const keeps: ReadonlySet<string> = new Set([
  'toLowerCase',
  'toUpperCase',
  'lower',
  'upper',
  'trim',
  'strip',
  'lstrip',
  'pop',
  'at',
  'slice',
  'substring',
]);
const splits: ReadonlySet<string> = new Set(['split', 'rsplit', 'partition', 'rpartition']);
const extensions: ReadonlySet<string> = new Set(['extname', 'splitext']);

/**
 * The file name that an extension was read from: `name` for `name.split('.').pop().toLowerCase()`, `path.extname(name)`,
 * `name.rsplit('.', 1)[1]` and `Path(name).suffix`. Undefined if `value` is no extension.
 */
export function nameOfExtension(frame: FunctionView, value: ValueId): ValueId | undefined {
  let inst = frame.inst(value);
  for (let depth = 0; depth < maxHopsToFileName; depth++) {
    switch (inst.op) {
      case 'typed':
      case 'effect':
      case 'await':
      case 'cell-store':
        inst = frame.inst(inst.value);
        continue;
      case 'index':
        inst = frame.inst(inst.object);
        continue;
      case 'member': {
        if (inst.name !== 'suffix') return undefined;
        const path = frame.inst(inst.object);
        return path.op === 'call' ? path.args[0] : inst.object;
      }
      case 'call': {
        const callee = frame.inst(inst.callee);
        const name = callee.op === 'member' || callee.op === 'import' ? callee.name : '';
        if (extensions.has(name)) return inst.args[0];
        if (callee.op !== 'member') return undefined;
        if (splits.has(name)) return callee.object;
        if (!keeps.has(name)) return undefined;
        inst = frame.inst(callee.object);
        continue;
      }
      default:
        return undefined;
    }
  }
  return undefined;
}
