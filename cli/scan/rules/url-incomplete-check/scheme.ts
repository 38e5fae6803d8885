import type { Func, ValueId } from '../../ir/ir.ts';
import { namesOf } from '../../rule/names-of.ts';
import { calleeName, type Use } from '../../rule/use.ts';
import { textsOf } from './checked.ts';
import { matchedBy } from './expression.ts';
import { lookedFor } from './substring.ts';

export interface SchemeCheck {
  readonly message: string;
  /** It knows of `data:` at least. */
  readonly isHalf: boolean;
}

/** A check for `javascript:` where nothing is asked of the other schemes that run scripts. */
export function schemeCheck(use: Use): SchemeCheck | undefined {
  const texts = checkedTexts(use);
  if (!texts.some((text) => /^\W*javascript\W*$/i.test(text) || /(^|\W)javascript\\?:?/i.test(text)))
    return undefined;
  const all = [...texts, ...textsOfFunction(use.frame.func)].join('\n');
  const [data, visual] = [/\bdata\b/i.test(all), /vbscript/i.test(all)];
  if (data && visual) return undefined;
  return {
    message: `\`javascript:\` is refused, ${data ? '`vbscript:`' : '`data:` and others'} not`,
    isHalf: data,
  };
}

function checkedTexts(use: Use): string[] {
  const { inst } = use;
  if (inst.op === 'binary') {
    if (inst.operator !== '==' && inst.operator !== '!=') return [];
    return [...compared(use, inst.left, inst.right), ...compared(use, inst.right, inst.left)];
  }
  if (inst.op !== 'call') return [];
  if (/^(test|match|search|exec|fullmatch)$/.test(calleeName(use, inst))) {
    const source = matchedBy(use, inst)?.source;
    return source !== undefined && /javascript[\\s*()]*\\?:/i.test(source) ? [source] : [];
  }
  const looked = lookedFor(use);
  return looked
    ? textsOf(use, looked.text).filter(
        (text) => /^\s*javascript:/i.test(text) || /^data:|^vbscript:/i.test(text),
      )
    : [];
}

/** What a text that is written in the code is read by. */
const written: ReadonlySet<string> = new Set(['const', 'cell-load', 'import', 'element', 'param', 'typed']);

/** `url.protocol === 'javascript:'`; the word without a colon is the name of a language, save of a scheme. */
function compared(use: Use, text: ValueId, other: ValueId): string[] {
  if (!written.has(use.frame.inst(text).op)) return [];
  return textsOf(use, text).filter((one) => {
    if (/^javascript:$/i.test(one)) return true;
    return (
      /^javascript$/i.test(one) &&
      namesOf(use.frame.linked, { func: use.frame.id, value: other }).has('scheme')
    );
  });
}

const known = new WeakMap<Func, readonly string[]>();

/** Texts and expressions that are written in a function. */
function textsOfFunction(func: Func): readonly string[] {
  let texts = known.get(func);
  if (!texts) {
    texts = func.code.flatMap((inst) => {
      if (inst.op === 'regex') return [inst.source];
      return inst.op === 'const' && typeof inst.value === 'string' && /data|vbscript/i.test(inst.value)
        ? [inst.value]
        : [];
    });
    known.set(func, texts);
  }
  return texts;
}
