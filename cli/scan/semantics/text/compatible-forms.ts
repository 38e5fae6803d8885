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

/** The kinds in which a character does harm that Unicode normalisation makes of full-width and small forms: `<`, quotes, slashes, dots. */
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

/** Whether a Unicode normalisation form (NFKC, NFKD) replaces characters with compatible ones. */
export function isCompatibleForm(frame: FunctionView, form: ValueId | undefined): boolean {
  const value = form === undefined ? undefined : onlyConst(frame.values[form])?.value;
  return value === 'NFKC' || value === 'NFKD';
}

/**
 * Returns the taints of a text after normalisation to NFKC or NFKD. Normalisation undoes escaping and checks, because it
 * turns U+FF1C into `<`. Taints that are clean for all kinds, such as those of numbers, stay so.
 */
export function inCompatibleForm(taints: readonly Taint[]): readonly Taint[] {
  return taints.map((taint) =>
    taint.clean.includes(allKinds) ? taint : { ...taint, clean: taint.clean.without(bySigns) },
  );
}
