import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import { objectName } from '../kit/sensitive/sensitive-context.ts';
import { argumentId, calleeName, given, isA, isConst, known, option, type Use } from '../kit/use.ts';
import { cookieCallOf } from '../kit/web/cookie-call.ts';

/** A place where values are stored and an attacker may read them later. */
export interface Keeping {
  readonly where: 'browser' | 'cookie' | 'file';
  readonly value: ValueId;
  /** The name under which the value is stored. */
  readonly name: string | undefined;
  /** Only the file's owner may read it. */
  readonly isOwn?: true;
}

/** What a call or an assignment stores. Undefined if it stores nothing that an attacker may read later. */
export function keepingOf(use: Use): Keeping | undefined {
  const { inst } = use;
  if (inst.op === 'call') return ofCall(use, inst);
  if (inst.op === 'store') {
    const object = objectName(use.frame.linked, use.frame.id, inst.object);
    if (inst.name === 'cookie' && object === 'document')
      return { where: 'cookie', value: inst.value, name: undefined };
    return isStorage(object) ? { where: 'browser', value: inst.value, name: inst.name } : undefined;
  }
  if (inst.op !== 'store-index') return undefined;
  const object = objectName(use.frame.linked, use.frame.id, inst.object);
  const name = constText(use.frame.values[inst.key]);
  if (isStorage(object)) return { where: 'browser', value: inst.value, name };
  // The older form of `response.set_cookie`: `cookies['password'] = password`
  return object === 'cookies' && !use.language.entriesAreMembers
    ? { where: 'cookie', value: inst.value, name }
    : undefined;
}

function isStorage(object: string): boolean {
  return /^(localStorage|sessionStorage|AsyncStorage)$/.test(object);
}

function ofCall(use: Use, call: Call): Keeping | undefined {
  const name = calleeName(use, call);
  const callee = use.frame.inst(call.callee);
  const object = callee.op === 'member' ? objectName(use.frame.linked, use.frame.id, callee.object) : '';
  const at = (position: number, where: Keeping['where']): Keeping | undefined => {
    const value = call.args[position];
    return value === undefined
      ? undefined
      : { where, value, name: constText(known(use, call.args[position - 1] ?? -1)) };
  };
  if (name === 'setItem' && (isStorage(object) || isA(use, call.callee, 'use.AsyncStorage')))
    return at(1, 'browser');
  return cookieOf(use, call, name, object) ?? fileOf(use, call);
}

function cookieOf(use: Use, call: Call, name: string, object: string): Keeping | undefined {
  if (isA(use, call.callee, 'use.JsCookie') || (name === 'set' && object === 'Cookies'))
    return { where: 'cookie', value: call.args[1] ?? -1, name: constText(known(use, call.args[0] ?? -1)) };
  const cookie = cookieCallOf(use, call);
  if (!cookie || cookie.isRemoved) return undefined;
  if (use.language.hasKeywordArguments) {
    const value = argumentId(use, call, 1, 'value');
    return value === undefined ? undefined : { where: 'cookie', value, name: cookie.name };
  }
  // Hono's `setCookie(c, name, value)`
  const position = isA(use, call.callee, 'use.SetCookie') ? 2 : 1;
  const value = call.args[position];
  return value === undefined ? undefined : { where: 'cookie', value, name: cookie.name };
}

function fileOf(use: Use, call: Call): Keeping | undefined {
  if (isA(use, call.callee, 'use.DumpFile')) {
    const [value, file] = call.args;
    return value === undefined || file === undefined ? undefined : { where: 'file', value, name: undefined };
  }
  const isStream = isA(use, call.callee, 'use.FileStream');
  if (!isStream && !isA(use, call.callee, 'use.WriteFile')) return undefined;
  const value = call.args[isStream ? 0 : (byHost(use.language, contentAt) ?? 0)];
  if (value === undefined) return undefined;
  const mode = use.language.hasKeywordArguments ? undefined : option(given(use, call, 2), 'mode');
  return { where: 'file', value, name: undefined, ...(isConst(mode, 0o600, 0o400) ? { isOwn: true } : {}) };
}

/** The position of the content argument: `file.write(content)`, `writeFile(path, content)`. */
const contentAt: ByHost<number> = { javascript: 1, python: 0 };
