import { onlyConst } from '../../dataflow/domain/abstract.ts';
import {
  allKinds,
  dnEscaped,
  type Kinds,
  kinds,
  noDoubleQuote,
  noSingleQuote,
  noTag,
  notUp,
} from '../../dataflow/domain/kinds.ts';
import type { Taint } from '../../dataflow/domain/taint.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { ValueId } from '../../ir/ir.ts';

/** Where a sign does harm that the wide and small forms of others become: angle brackets, quotes, slashes, dots. */
const bySigns: Kinds = kinds(
  'xss',
  'path',
  'sql',
  'command',
  'ldap',
  'xpath',
  'csv',
  'link',
  'redirect',
  'ssrf',
)
  .union(noTag)
  .union(noDoubleQuote)
  .union(noSingleQuote)
  .union(notUp)
  .union(dnEscaped);

/** Whether a form of Unicode's replaces signs by those that they are compatible with. */
export function isCompatibleForm(frame: FunctionView, form: ValueId | undefined): boolean {
  const value = form === undefined ? undefined : onlyConst(frame.values[form])?.value;
  return value === 'NFKC' || value === 'NFKD';
}

/**
 * What an escaping or a check has kept out is there again: U+FF1C was no `<` for them. What is one of some that are known, or a
 * number, has no such signs.
 */
export function inCompatibleForm(taints: readonly Taint[]): readonly Taint[] {
  return taints.map((taint) =>
    taint.clean.includes(allKinds) ? taint : { ...taint, clean: taint.clean.without(bySigns) },
  );
}
