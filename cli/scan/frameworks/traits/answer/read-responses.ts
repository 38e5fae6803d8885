import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../../../ir/ir.ts';
import { usersOf } from '../../../ir/query/users.ts';

const bodyReaders: ReadonlySet<string> = new Set([
  'arrayBuffer',
  'blob',
  'body',
  'bytes',
  'formData',
  'json',
  'text',
]);

/**
 * Whether the function only reads the body of a `Response` that it makes, so that the response is never sent:
 * `await new Response(bytes, { headers }).formData()`.
 */
export function isOnlyRead({ func }: FunctionView, value: ValueId): boolean {
  const { of, returned } = usersOf(func);
  const users = of[value] ?? [];
  return users.length > 0 && !returned.has(value) && users.every((user) => readsBody(func.code[user]));
}

function readsBody(inst: Inst | undefined): boolean {
  return inst?.op === 'member' && bodyReaders.has(inst.name);
}
