import { instOf, madeBy } from '../../callgraph/query/made-by.ts';
import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call, Func, Inst, ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import { objectName } from '../kit/sensitive/sensitive-context.ts';
import { argumentId, calleeName, isA, known, type Use } from '../kit/use.ts';
import { isHarmless } from '../kit/value/harmless-value.ts';

/** Names of secrets that are added to the query string of a URL. */
export function namesInMadeUrl(use: Use): readonly string[] {
  const { inst } = use;
  if (inst.op === 'text') return ofText(use, inst.parts);
  if (inst.op === 'binary' && inst.operator === '+') {
    return ofText(use, partsOf(use.frame.func, use.value));
  }
  if (inst.op === 'binary' && inst.operator === '%') {
    const right = use.frame.inst(inst.right);
    return ofFormat(use, inst.left, right.op === 'list' ? right.items : [inst.right], /%[sdr]/);
  }
  if (inst.op !== 'call') return none;
  const callee = use.frame.inst(inst.callee);
  return callee.op === 'member' && callee.name === 'format' && use.language.formatsReadMembers
    ? ofFormat(use, callee.object, inst.names ? [] : inst.args, /\{\d?\}/)
    : ofCall(use, inst);
}

/** `'...?password={}'.format(password)`, `'...?password=%s' % password`: placeholders that are filled in order. */
function ofFormat(use: Use, template: ValueId, given: readonly ValueId[], place: RegExp): readonly string[] {
  const text = use.language.overloadsOperators ? constText(known(use, template)) : undefined;
  if (text === undefined || given.length === 0 || given.length > maxParts) return none;
  const pieces = text.split(place);
  const names: string[] = [];
  let before = '';
  for (const [i, value] of given.entries()) {
    before += pieces[i] ?? '';
    const name = entry.exec(before)?.[1];
    if (name && isAddress(before) && !isHarmless(use.frame.linked, { func: use.frame.id, value }))
      names.push(name);
    before += '\0';
  }
  return names;
}

/** Bounds the parts of a sum, which can double in every line. No real URL has more. */
const maxParts = 200;

/** The first parts of a sum, in order. */
function partsOf(func: Func, sum: ValueId): readonly ValueId[] {
  const parts: ValueId[] = [];
  const next = [sum];
  for (let steps = 0; steps < 2 * maxParts; steps++) {
    const value = next.pop();
    if (value === undefined) break;
    const inst = func.code[value];
    if (inst?.op === 'binary' && inst.operator === '+') next.push(inst.right, inst.left);
    else if (inst?.op === 'text') parts.push(...inst.parts);
    else parts.push(value);
  }
  return parts;
}

/** Whether this is part of a longer sum, which is checked as a whole. */
function isInLonger({ frame, value }: Use): boolean {
  return (usersOf(frame.func).of[value] ?? []).some((user) => {
    const inst = frame.inst(user);
    return inst.op === 'binary' && inst.operator === '+';
  });
}

const none: readonly string[] = [];

const entry = /[?&]([\w.-]{2,40})=$/;

/** `...?password=` before an unknown value. */
function ofText(use: Use, parts: readonly ValueId[]): readonly string[] {
  if (!mayBeAddress(use, parts)) return none;
  if (use.inst.op === 'binary' && isInLonger(use)) return none;
  const names: string[] = [];
  let before = '';
  for (const part of parts) {
    const text = constText(known(use, part));
    if (text !== undefined) {
      before += text;
      continue;
    }
    const name = entry.exec(before)?.[1];
    if (name && isAddress(before) && !isHarmless(use.frame.linked, { func: use.frame.id, value: part }))
      names.push(name);
    else if (/[?&]$/.test(before) && isAddress(before)) names.push(...ofQuery(use, part));
    before += '\0';
  }
  return names;
}

/** A cheap test: most texts are no URL. */
function mayBeAddress({ frame }: Use, parts: readonly ValueId[]): boolean {
  for (const part of parts) if (mayEndInEntry(frame.inst(part))) return true;
  return false;
}

function mayEndInEntry(inst: Inst): boolean {
  return inst.op === 'const'
    ? typeof inst.value === 'string' && /[=?&]$/.test(inst.value)
    : inst.op === 'cell-load';
}

/** A query string made from an object: `new URLSearchParams({ user, password })`, as a text or not, `stringify({ password })`. */
function ofQuery(use: Use, part: ValueId): readonly string[] {
  const { linked, id } = use.frame;
  let place = madeBy(linked, { func: id, value: part });
  for (let step = 0; step < 3; step++) {
    const inst = instOf(linked, place);
    if (inst?.op !== 'call' || place.func !== id) return [];
    if (isA(use, inst.callee, 'use.QueryMaker')) return ofParams(use, inst.args[0]);
    const callee = use.frame.inst(inst.callee);
    const isText = callee.op === 'member' && callee.name === 'toString';
    const from = isText ? callee.object : inst.args[0];
    if (from === undefined || !(isText || /^(String|encodeURI)$/.test(calleeName(use, inst)))) return [];
    place = madeBy(linked, { func: id, value: from });
  }
  return [];
}

/** Whether a text begins a web URL with a query string. The body of a form and a database's URL are none. */
function isAddress(text: string): boolean {
  return (
    text.includes('?') &&
    !/\s/.test(text) &&
    (!/^[a-z][\w+.-]*:/i.test(text) || /^(https?|wss?):/i.test(text))
  );
}

function ofCall(use: Use, call: Call): readonly string[] {
  const callee = use.frame.inst(call.callee);
  const name = calleeName(use, call);
  const { linked, id } = use.frame;
  if (
    /^(set|append)$/.test(name) &&
    callee.op === 'member' &&
    objectName(linked, id, callee.object) === 'searchParams'
  ) {
    const key = constText(known(use, call.args[0] ?? -1));
    const [, value] = call.args;
    return key === undefined || value === undefined || isHarmless(linked, { func: id, value }) ? [] : [key];
  }
  if (name !== 'get') return [];
  if (use.language.hasKeywordArguments)
    return isA(use, call.callee, 'use.Request', 'use.Httpx', 'use.Aiohttp')
      ? ofParams(use, argumentId(use, call, 1, 'params'))
      : [];
  if (!isA(use, call.callee, 'use.Timeout')) return [];
  const options = call.args[1] === undefined ? undefined : instOf(linked, { func: id, value: call.args[1] });
  return options?.op === 'object' ? ofParams(use, options.values[options.keys.indexOf('params')]) : [];
}

/** Entries of an object that become query parameters. */
function ofParams(use: Use, value: ValueId | undefined): readonly string[] {
  const inst: Inst | undefined = value === undefined ? undefined : use.frame.inst(value);
  if (inst?.op !== 'object') return [];
  return inst.keys.flatMap((key, i) => {
    const one = inst.values[i];
    return typeof key === 'string' &&
      one !== undefined &&
      !isHarmless(use.frame.linked, { func: use.frame.id, value: one })
      ? [key]
      : [];
  });
}
