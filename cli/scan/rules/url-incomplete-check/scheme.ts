import type { Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { calleeName, type Use } from '../kit/use.ts';
import { namesOf } from '../kit/value/names-of.ts';
import { textsOf } from './checked.ts';
import { matchedBy } from './expression.ts';
import { lookedFor } from './substring.ts';
import { isTakenOff } from './taken-off.ts';

export interface SchemeCheck {
  readonly message: string;
  /** The function also mentions `data:`, so that only `vbscript:` is missing. */
  readonly isHalf: boolean;
}

/** Finds a check for `javascript:` that omits another scheme that runs scripts, `data:` or `vbscript:`. */
export function schemeCheck(use: Use): SchemeCheck | undefined {
  const texts = checkedTexts(use);
  if (texts.length === 0 || isTakenOff(use)) return undefined;
  if (!texts.some((text) => /^\W*javascript\W*$/i.test(text) || /(^|\W)javascript\\?:?/i.test(text)))
    return undefined;
  const all = schemesIn(use.frame.func);
  const data = all.data || texts.some(namesData);
  if (data && (all.visual || texts.some(namesVisual))) return undefined;
  return {
    message: `The check refuses \`javascript:\` but not ${data ? '`vbscript:`' : '`data:` and other schemes'}.`,
    isHalf: data,
  };
}

function checkedTexts(use: Use): readonly string[] {
  const { inst } = use;
  if (inst.op === 'binary') {
    if (inst.operator !== '==' && inst.operator !== '!=') return none;
    const left = compared(use, inst.left, inst.right);
    const right = compared(use, inst.right, inst.left);
    return left.length === 0 ? right : left.concat(right);
  }
  if (inst.op !== 'call') return none;
  if (/^(test|match|search|exec|fullmatch)$/.test(calleeName(use, inst))) {
    const source = matchedBy(use, inst)?.source;
    return source !== undefined && /javascript[\\s*()]*\\?:/i.test(source) ? [source] : none;
  }
  const looked = lookedFor(use);
  return looked
    ? textsOf(use, looked.text).filter(
        (text) => /^\s*javascript:/i.test(text) || /^data:|^vbscript:/i.test(text),
      )
    : none;
}

const none: readonly string[] = [];

/** `url.protocol === 'javascript:'`. Without the colon, the word names a language, unless it is compared with a scheme. */
function compared(use: Use, text: ValueId, other: ValueId): readonly string[] {
  if (!mayBeWritten(use.frame.inst(text))) return none;
  const texts = textsOf(use, text);
  if (texts.length === 0) return none;
  return texts.filter((one) => {
    if (/^javascript:$/i.test(one)) return true;
    return (
      /^javascript$/i.test(one) &&
      namesOf(use.frame.linked, { func: use.frame.id, value: other }).has('scheme')
    );
  });
}

/** Whether a value may be a constant text that contains the scheme's name. */
function mayBeWritten(inst: Inst): boolean {
  switch (inst.op) {
    case 'const':
      return typeof inst.value === 'string' && /javascript/i.test(inst.value);
    case 'cell-load':
    case 'import':
    case 'element':
    case 'param':
    case 'typed':
      return true;
    default:
      return false;
  }
}

/** The schemes that a function mentions anywhere. */
interface Schemes {
  readonly data: boolean;
  readonly visual: boolean;
}

const schemesIn = memoized((func: Func): Schemes => {
  const texts = func.code.flatMap((inst) => {
    if (inst.op === 'regex') return [inst.source];
    return inst.op === 'const' && typeof inst.value === 'string' ? [inst.value] : [];
  });
  return { data: texts.some(namesData), visual: texts.some(namesVisual) };
});

function namesData(text: string): boolean {
  return /\bdata\b/i.test(text);
}

function namesVisual(text: string): boolean {
  return /vbscript/i.test(text);
}
