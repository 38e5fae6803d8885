import type { Linked } from '../../../callgraph/linked.ts';
import type { Func, ValueId } from '../../../ir/ir.ts';

const maxSteps = 24;

/**
 * Returns a key that identifies an upload. Repeated reads of one upload, such as `request.file` or `form.get('photo')`,
 * have equal keys.
 */
export function rootKey(linked: Linked, func: number, value: ValueId): string {
  const { code } = linked.program.functions[func]?.func ?? { code: [] };
  const path: string[] = [];
  let at = value;
  for (let step = 0; step < maxSteps; step++) {
    const inst = code[at];
    if (inst?.op === 'effect' || inst?.op === 'typed' || inst?.op === 'await') at = inst.value;
    else if (inst?.op === 'store' || inst?.op === 'store-index') at = inst.object;
    else if (inst?.op === 'member') {
      path.push(`.${inst.name}`);
      at = inst.object;
    } else if (inst?.op === 'index') {
      const key = code[inst.key];
      path.push(key?.op === 'const' ? `[${String(key.value)}]` : `[#${inst.key}]`);
      at = inst.object;
    } else if (inst?.op === 'call') {
      const callee = code[inst.callee];
      const key = code[inst.args[0] ?? -1];
      if (callee?.op !== 'member' || !/^(get|getAll|getlist)$/.test(callee.name) || key?.op !== 'const')
        break;
      path.push(`[${String(key.value)}]`);
      at = callee.object;
    } else break;
  }
  const inst = code[at];
  const base = inst?.op === 'param' ? `param ${inst.index}` : inst?.op === 'this' ? 'this' : `${at}`;
  return `${func} ${base}${path.reverse().join('')}`;
}

/**
 * The key of an entry of a list of uploads: `files[0]` -> the key of `files`, followed by `[0]`. Returns `root` itself if
 * the index is not constant, or if `part` is not the whole upload but, for example, its bytes.
 */
export function entryKey({ code }: Func, key: ValueId, root: string, part: string): string {
  const inst = code[key];
  return part === 'upload' && inst?.op === 'const' ? `${root}[${String(inst.value)}]` : root;
}
