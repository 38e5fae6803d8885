import { collectInputs } from '../../lib/request/inputs.ts';
import { decideText } from '../../lib/sql/guard/decide-text.ts';
import { isStacked } from '../../lib/sql/guard/is-stacked.ts';
import { needlesOf } from '../../lib/sql/guard/needles.ts';
import { objectValue } from '../../lib/sql/guard/object-value.ts';
import { readText } from '../../lib/sql/guard/read-text.ts';
import { rulesFor } from '../../lib/sql/lex/rules.ts';
import type { ProvenCase } from './corpus/firewall-case.ts';

/** True where the guard refuses the case, seen for the first time: nothing was learnt of the application before. */
export function judgeCase({ dialect, text, values = [], inputs, noBackslash }: ProvenCase): boolean {
  const read = readText(text, rulesFor(dialect, { noBackslashEscapes: noBackslash === true }));
  if (text.includes('\0') || isStacked(read) || objectValue(values, () => false)) return true;
  return !decideText(() => read, needlesOf(collectInputs({ request: inputs })), { values }).allow;
}
