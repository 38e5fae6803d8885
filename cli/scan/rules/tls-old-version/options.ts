import { constText } from '../../dataflow/domain/abstract.ts';
import type { ValueId } from '../../ir/ir.ts';
import type { UseReport } from '../kit/rule.ts';
import { type Setting, settingsOf } from '../kit/settings.ts';
import { isA, isNamed, known, type Use } from '../kit/use.ts';
import { badCiphers } from './ciphers.ts';

/** Reports an option, a field or a variable that allows an old TLS version or a broken cipher. */
export function oldSetting(use: Use): UseReport | undefined {
  for (const setting of settingsOf(use)) {
    const found = ofSetting(use, setting);
    if (found) return setting.how === 'entry' ? { ...found, value: setting.value } : found;
  }
  return undefined;
}

const bounds = /^(default_?)?(min|max)(imum)?_?(ssl|tls|protocol|ssl_?protocol|tls_?protocol)?_?version$/i;
const prefixed = /^(ssl|tls)_?(min|max)(imum)?_?(protocol_?)?version$/i;
const exact = /^((ssl|tls)_?(version|protocol|method)|method|insecurelyLowerMinimumTo)$/i;
const lists = /^(default_?ciphers|(ssl_?|tls_?)?ciphers|cipher_list|(ssl_|tls_)?cipher_suites?)$/i;

function ofSetting(use: Use, setting: Setting): UseReport | undefined {
  const { name, value } = setting;
  if (name === 'options') return ofOptions(use, value);
  if (name === 'NODE_OPTIONS' || name === 'execArgv') return ofArguments(use, value);
  if (name === 'secureOptions') return ofUnsafe(use, value);
  if (name === 'secureProtocol') return ofProtocol(constText(known(use, value)));
  if (lists.test(name)) return ofCiphers(textOf(use, value));
  const isBound = bounds.test(name) || prefixed.test(name);
  if (isBound || exact.test(name)) {
    const constant = ofConstant(use, setting);
    if (constant) return constant;
  }
  return isBound ? ofVersion(constText(known(use, value))) : undefined;
}

/** `ssl.PROTOCOL_TLSv1`, also as the default of a parameter. */
function ofConstant(use: Use, { name, value }: Setting): UseReport | undefined {
  if (!isNamed(use, value, 'use.OldTls')) return undefined;
  const isDefault = use.frame.inst(value).op === 'phi';
  return { message: oldVersion, confidence: isDefault || name === 'method' ? 'medium' : 'high' };
}

export const oldVersion: string = 'The connection allows a broken TLS version.';

/** `TLSv1`, `TLSv1.1`, `TLS1_0`, `SSLv3` */
function ofVersion(text: string | undefined): UseReport | undefined {
  return text !== undefined && /^(SSL[ _]?v?[23]|TLS[ _]?v?1([._][01])?|TLS_V1(_2016)?)$/i.test(text)
    ? { message: oldVersion, confidence: 'high' }
    : undefined;
}

/** In Node, `TLSv1_method` allows only that version. `TLS_method` removes the minimum version. */
function ofProtocol(text: string | undefined): UseReport | undefined {
  if (text === undefined) return undefined;
  if (/^(SSLv2|SSLv3|TLSv1|TLSv1_1)_(client_|server_)?method$/.test(text))
    return { message: oldVersion, confidence: 'high' };
  return /^TLS_(client_|server_)?method$/.test(text) ? { message: oldVersion, confidence: 'low' } : undefined;
}

export function ofCiphers(text: string | undefined): UseReport | undefined {
  const bad = text === undefined ? undefined : badCiphers(text);
  return bad && { message: `The cipher list allows ${bad.name}.`, confidence: bad.confidence };
}

/** Returns the constant text of a value, or the joined texts of a list: `ciphers: ['RC4-SHA', ...].join(':')`. */
export function textOf(use: Use, value: ValueId): string | undefined {
  const it = known(use, value);
  const text = constText(it);
  if (text !== undefined) return text;
  const joined = joinedList(use, value);
  const items = [...((joined === undefined ? it : known(use, joined))?.fields?.values() ?? [])];
  const texts = items.slice(0, 100).map((item) => constText(item) ?? '');
  return texts.length > 0 ? texts.filter((item) => item !== '').join(':') : undefined;
}

function joinedList({ frame }: Use, value: ValueId): ValueId | undefined {
  const call = frame.inst(frame.valueNumbers[value] ?? value);
  const callee = call.op === 'call' ? frame.inst(call.callee) : undefined;
  if (call.op !== 'call' || callee?.op !== 'member' || callee.name !== 'join') return undefined;
  // The receiver of `join` is the separator in Python, and the list in JavaScript.
  return frame.inst(callee.object).op === 'const' ? call.args[0] : callee.object;
}

/** `context.options &= ~ssl.OP_NO_TLSv1`, `-=`, `^=` */
function ofOptions(use: Use, value: ValueId): UseReport | undefined {
  const { frame } = use;
  const inst = frame.inst(frame.valueNumbers[value] ?? value);
  if (inst.op !== 'binary') return undefined;
  const isTaken =
    inst.operator === '&'
      ? complements(use, inst.right).some((flags) => mentions(use, flags, 'use.NoOldTls'))
      : (inst.operator === '-' || inst.operator === '^') && mentions(use, inst.right, 'use.NoOldTls');
  return isTaken ? { message: oldVersion, confidence: 'high' } : undefined;
}

/** The flags that a mask clears: `~A & ~B`. */
function complements({ frame }: Use, mask: ValueId): readonly ValueId[] {
  const found: ValueId[] = [];
  const queue: ValueId[] = [mask];
  for (let steps = 0; steps < maxFlags; steps++) {
    const at = queue.pop();
    if (at === undefined) break;
    const inst = frame.inst(frame.valueNumbers[at] ?? at);
    if (inst.op === 'unary' && inst.operator === '~') found.push(inst.value);
    else if (inst.op === 'binary' && inst.operator === '&') queue.push(inst.left, inst.right);
  }
  return found;
}

const maxFlags = 30;

/** Renegotiation without the extension that binds it to the connection. */
function ofUnsafe(use: Use, value: ValueId): UseReport | undefined {
  return mentions(use, value, 'use.UnsafeRenegotiation')
    ? { message: 'The connection allows insecure renegotiation.', confidence: 'medium' }
    : undefined;
}

/** Whether a combination of flags includes one of this state: `A | B`. */
function mentions(use: Use, value: ValueId, state: string): boolean {
  const queue: ValueId[] = [value];
  for (let steps = 0; steps < maxFlags; steps++) {
    const at = queue.pop();
    if (at === undefined) return false;
    if (isA(use, at, state)) return true;
    const inst = use.frame.inst(use.frame.valueNumbers[at] ?? at);
    if (inst.op === 'binary') queue.push(inst.left, inst.right);
  }
  return false;
}

/** `NODE_OPTIONS=--tls-min-v1.0` */
function ofArguments(use: Use, value: ValueId): UseReport | undefined {
  const text = textOf(use, value);
  return text !== undefined && /(^|[\s:])--tls-(min|max)-v1\.[01](?![\w.])/.test(text)
    ? { message: oldVersion, confidence: 'high' }
    : undefined;
}
