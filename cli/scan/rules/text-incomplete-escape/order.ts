import { onlyConst } from '../../dataflow/domain/abstract.ts';
import type { ValueId } from '../../ir/ir.ts';
import { known, type Use } from '../kit/use.ts';
import { before } from './chain.ts';
import { plain, type Replacement } from './replacement.ts';
import { searched } from './searched.ts';
import type { Weakness } from './weakness.ts';

/** A character that begins escapes, and what an escaped character looks like. */
const metas: readonly { readonly sign: string; readonly escaped: RegExp; readonly own: RegExp }[] = [
  { sign: '&', escaped: /^&(#\w+|[a-z]\w*);$/i, own: /^&(amp|#0*38|#x0*26);$/i },
  { sign: '\\', escaped: /^\\[^\\\s]$/, own: /^\\\\$/ },
  { sign: '%', escaped: /^%[0-9a-f]{2}$/i, own: /^%25$/ },
];

/**
 * Finds two replacements in the wrong order, which escape or unescape a text twice. If `<` becomes `&lt;` and then `&`
 * becomes `&amp;`, the result is `&amp;lt;`.
 */
export function wrongOrder(use: Use, one: Replacement): Weakness | undefined {
  if (one.by === undefined) return undefined;
  const language = use.language.regexDialect;
  const { texts } = searched(one.search, language);
  if (texts.length === 0 || texts.length > 40) return undefined;
  for (const { sign, escaped, own } of metas) {
    const isEscape = texts.includes(sign) && own.test(one.by);
    const unescapes = (found: readonly string[], by: string): boolean =>
      found.some((text) => escaped.test(text) && !own.test(text)) && !escaped.test(by);
    const isUnescape = !isEscape && unescapes(texts, one.by);
    if (!isEscape && !isUnescape) continue;
    for (const other of before(use, one.subject).replacements) {
      if (other.by === undefined || other.value === one.value) continue;
      const others = searched(other.search, language).texts;
      if (isEscape && others.some((text) => text.length === 1 && text !== sign) && escaped.test(other.by))
        return {
          message: `\`${sign}\` is escaped after ${shown(others, sign)}, which breaks the earlier escapes.`,
          confidence: 'high',
        };
      if (isUnescape && other.by === sign && others.some((text) => own.test(text)))
        return {
          message: `\`${others[0]}\` is unescaped before \`${texts[0]}\`, so text is unescaped twice.`,
          confidence: sign === '&' ? 'high' : isUnquoted(use, one) ? 'low' : 'medium',
          ...(isWithin(use, one, other) ? {} : { value: other.value }),
        };
      // One finding is enough for a chain of them.
      if (isUnescape && unescapes(others, other.by)) break;
    }
  }
  return undefined;
}

/** Whether the quotes around the text were cut off before, as when a header's value is parsed. */
function isUnquoted(use: Use, { subject }: Replacement): boolean {
  return [...before(use, subject).seen].some((value) => {
    const inst = use.frame.inst(value);
    return inst.op === 'slice' && isConst(inst.from, 1) && isConst(inst.to, -1);
  });

  function isConst(bound: ValueId | undefined, wanted: number): boolean {
    return bound !== undefined && onlyConst(known(use, bound))?.value === wanted;
  }
}

function shown(texts: readonly string[], sign: string): string {
  const other = texts.find((text) => text.length === 1 && text !== sign);
  return other === undefined ? 'other characters' : `\`${other}\``;
}

/** Whether both are in one chain of calls, which then is the place of the finding. */
function isWithin(use: Use, one: Replacement, other: Replacement): boolean {
  const [outer, inner] = [use.frame.inst(one.value), use.frame.inst(plain(use, other.value))];
  return outer.at <= inner.at && inner.end <= outer.end;
}
