import { maxDecodedHops } from '../../budgets/semantics.ts';
import { type Abstract, onlyConst } from '../../dataflow/domain/abstract.ts';
import { allKinds, type Kinds, noKinds } from '../../dataflow/domain/kinds.ts';
import { possibleValues } from '../../dataflow/query/trace-value.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { kindsAdmittedBy } from '../pattern/pattern-kinds.ts';

/** Decoding functions, each with the encoder that it reverses. */
const encoders: ReadonlyMap<string, string> = new Map([
  ['b64decode', 'b64encode'],
  ['standard_b64decode', 'standard_b64encode'],
  ['urlsafe_b64decode', 'urlsafe_b64encode'],
  ['b32decode', 'b32encode'],
  ['b16decode', 'b16encode'],
  ['b85decode', 'b85encode'],
  ['a85decode', 'a85encode'],
  ['decodebytes', 'encodebytes'],
  ['a2b_base64', 'b2a_base64'],
  ['a2b_hex', 'b2a_hex'],
  ['unhexlify', 'hexlify'],
  ['unquote', 'quote'],
  ['unquote_plus', 'quote_plus'],
  ['unescape', 'escape'],
  ['atob', 'btoa'],
  ['stripslashes', 'addslashes'],
  ['stripcslashes', 'addcslashes'],
  ['html_entity_decode', 'htmlentities'],
  ['htmlspecialchars_decode', 'htmlspecialchars'],
  ['htmlUnescape', 'htmlEscape'],
  ['decodeHTML', 'encodeHTML'],
  ['decodeXML', 'encodeXML'],
]);

/** Packages whose `decode` resolves character references. */
const ofReferences: ReadonlySet<string> = new Set(['he', 'html-entities', 'entities']);

/** The characters of each encoding of bytes as text. */
const encodings: ReadonlyMap<unknown, string> = new Map([
  ['hex', '[0-9a-f]*'],
  ['base64', '[A-Za-z0-9+/=]*'],
  ['base64url', '[\\w-]*'],
]);

/** Whether a function of this name decodes its argument. */
export function decodes(name: string): boolean {
  return encoders.has(name);
}

/** Whether a call decodes character references: `he.decode(text)`. The library must match, as `decode` has many meanings. */
export function decodesReferences(frame: FunctionView, { callee }: Call): boolean {
  const made = frame.inst(callee);
  const from = made.op === 'member' ? frame.inst(made.object) : made;
  if (from.op !== 'import' || !ofReferences.has(from.specifier)) return false;
  return (made.op === 'member' || made.op === 'import') && made.name === 'decode';
}

/** Whether a replacement removes the backslashes of an escaped text, as `stripslashes` does. */
export function takesSlashes(search: string, isRegex: boolean, by: string | undefined): boolean {
  if (by !== '' && by !== '$1') return false;
  return isRegex ? /^\\\\(?:\+|\(\.\)|\(\.\?\)|\(\[[^\]]*\]\))?$/.test(search) : search === '\\';
}

/** Whether a call decodes a text to bytes: `Buffer.from(text, 'base64')`. */
export function decodesBytes(frame: FunctionView, name: string, { args }: Call): boolean {
  return name === 'from' && encodings.has(onlyConst(frame.values[args[1] ?? -1])?.value);
}

/**
 * The sink kinds that bytes are clean for once they are written in this encoding: `'hex'` in
 * `Buffer.from(text).toString('hex')`.
 */
export function kindsOfEncoded(encoding: unknown): Kinds {
  const signs = encodings.get(encoding);
  return signs === undefined ? noKinds : kindsAdmittedBy(signs, '', 'fullmatch');
}

/** The sink kinds that decoded text is clean for: all if it was clean for all before (signed data), none otherwise. */
export function kindsOfDecoded(clean: Kinds): Kinds {
  return clean.includes(allKinds) ? clean : noKinds;
}

/**
 * The original value, if a call decodes what this function encoded: `text` for `b64decode(b64encode(text.encode()))`.
 * Undefined otherwise.
 */
export function encodedBefore(frame: FunctionView, name: string, inst: Call): Abstract | undefined {
  let value = inst.args[0];
  for (let depth = 0; depth < maxDecodedHops && value !== undefined; depth++) {
    const [only, other] = possibleValues(frame, value);
    const made = only === undefined || other !== undefined ? undefined : frame.inst(only);
    if (made?.op !== 'call') return undefined;
    const callee = frame.inst(made.callee);
    const [first] = made.args;
    if ((callee.op === 'member' || callee.op === 'import') && callee.name === encoders.get(name))
      return first === undefined ? undefined : frame.use(first);
    value = behind(frame, made);
  }
  return undefined;
}

/** The operand of a conversion between a text and its bytes. */
function behind(frame: FunctionView, { callee, args }: Call): ValueId | undefined {
  const inst = frame.inst(callee);
  if (inst.op === 'global') return inst.name === 'str' || inst.name === 'bytes' ? args[0] : undefined;
  return inst.op === 'member' && (inst.name === 'encode' || inst.name === 'decode') ? inst.object : undefined;
}
