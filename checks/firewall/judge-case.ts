import { collectInputs } from '../../lib/request/inputs.ts';
import { decideText } from '../../lib/sql/guard/decide-text.ts';
import { decideWords } from '../../lib/sql/guard/decide-words.ts';
import { isStacked } from '../../lib/sql/guard/is-stacked.ts';
import { needlesOf } from '../../lib/sql/guard/needles.ts';
import { objectValue } from '../../lib/sql/guard/object-value.ts';
import { emptiedText, readText } from '../../lib/sql/guard/read-text.ts';
import { rulesFor } from '../../lib/sql/lex/rules.ts';
import type { ProvenCase } from './corpus/firewall-case.ts';

/** True where the guard refuses the case, after it saw the same statement with a harmless input. */
export function judgeCase({ dialect, text, twin, values = [], inputs, noBackslash }: ProvenCase): boolean {
  const read = readText(text, rulesFor(dialect, { noBackslashEscapes: noBackslash === true }));
  if (text.includes('\0') || isStacked(read) || objectValue(values, () => false)) return true;
  const collected = collectInputs({ request: inputs });
  const needles = needlesOf(collected);
  // The same text with a harmless input: the application sent it before.
  const known = text === twin || emptiedText(read) === emptiedText(readText(twin, read.rules));
  const own = known ? { values, literalsDiffer: text !== twin } : undefined;
  if (own === undefined && !decideWords(read, collected.words).allow) return true;
  return !decideText(() => read, needles, own).allow;
}
