import { type Abstract, constText } from '../../../dataflow/domain/abstract.ts';
import type { Call, ValueId } from '../../../ir/ir.ts';
import { localNames } from '../../../ir/local-names.ts';
import { objectName } from '../sensitive/sensitive-context.ts';
import {
  argument,
  argumentId,
  calleeName,
  given,
  isA,
  isConst,
  isWhole,
  known,
  mayBeSpread,
  option,
  type Use,
} from '../use.ts';

/** A call that sets a cookie. */
export interface CookieCall {
  /** The cookie's name. Undefined if unknown. */
  readonly name: string | undefined;
  /** The names of the variables or settings that hold the cookie's name and its value. */
  readonly called?: { readonly name: string | undefined; readonly value: string | undefined } | undefined;
  readonly secure: Flag;
  readonly httpOnly: Flag;
  /** Whether the call sets `SameSite=None`. */
  readonly isForAllSites: boolean;
  /** Whether the call deletes the cookie. */
  readonly isRemoved: boolean;
}

/**
 * Whether a flag is set. `absent`: the call does not mention it, so it is off by default. `unknown`: it may be on or
 * off.
 */
export type Flag = 'on' | 'off' | 'absent' | 'unknown';

/** The cookie that a call sets. Undefined if the call sets none. */
export function cookieCallOf(use: Use, call: Call): CookieCall | undefined {
  if (use.language.hasKeywordArguments) return ofPython(use, call) ?? ofText(use, call);
  const text = ofText(use, call);
  if (text) return text;
  const [name, options] = placesOf(use, call) ?? [];
  if (name === undefined || options === undefined) return undefined;
  const value = argument(use, call, name + 1);
  const flags = argumentId(use, call, options);
  const isGiven = flags !== undefined && !isConst(known(use, flags), undefined, null);
  const isKnown = !isGiven || isWhole(use, flags);
  const fields = isGiven ? known(use, flags) : undefined;
  return {
    name: constText(argument(use, call, name)),
    called: {
      name: calledAs(use, argumentId(use, call, name)),
      value: calledAs(use, argumentId(use, call, name + 1)),
    },
    secure: flagOf(option(fields, 'secure'), isKnown),
    httpOnly:
      isA(use, call.callee, 'use.KoaCookies') && isKnown && !option(fields, 'httpOnly')
        ? 'on'
        : flagOf(option(fields, 'httpOnly'), isKnown),
    isForAllSites: isNone(option(fields, 'sameSite')),
    isRemoved: isConst(value, '', null, undefined) || isConst(option(fields, 'maxAge'), 0, -1),
  };
}

/** The positions of the name and of the options among the arguments. Undefined if the call sets no cookie. */
function placesOf(use: Use, call: Call): readonly [number, number] | undefined {
  if (isA(use, call.callee, 'use.SetCookie')) return [1, 3];
  // The signing key precedes the options.
  if (isA(use, call.callee, 'use.SetSignedCookie')) return [1, 4];
  if (isA(use, call.callee, 'use.SetCookieText', 'use.NextCookies', 'use.KoaCookies')) return [0, 2];
  const callee = use.frame.inst(call.callee);
  if (callee.op !== 'member' || call.args.length < 2) return undefined;
  const object = use.frame.inst(callee.object);
  if (callee.name === 'set' && object.op === 'member' && object.name === 'cookies') return [0, 2];
  return callee.name === 'cookie' || callee.name === 'setCookie' ? [0, 2] : undefined;
}

/** The name of the variable or setting that a value is read from: `auth_cookie_name`, `sessionToken`. */
function calledAs({ frame }: Use, value: ValueId | undefined): string | undefined {
  if (value === undefined) return undefined;
  const [own] = frame.inst(value).op === 'member' ? [] : localNames(frame.func, value);
  return own ?? objectName(frame.linked, frame.id, value);
}

/** The cookie of a call that sets the header: `setHeader('Set-Cookie', 'sid=...; Secure')`. */
function ofText(use: Use, call: Call): CookieCall | undefined {
  if (!/^(setHeader|header|set|append|appendHeader|add|add_header|set_header)$/.test(calleeName(use, call)))
    return undefined;
  const header = constText(argument(use, call, 0));
  const value = argumentId(use, call, 1);
  if (header?.toLowerCase() !== 'set-cookie' || value === undefined) return undefined;
  return cookieOfText(use, value);
}

/** The cookie in the value of a `Set-Cookie` header. Undefined if its attributes or its name are unknown. */
export function cookieOfText(use: Use, value: ValueId): CookieCall | undefined {
  const text = textParts(use, value);
  const name = /^([^=;\s]+)=/.exec(text?.[0] ?? '')?.[1];
  if (!text || name === undefined) return undefined;
  const attributes = text.join('\0').slice(name.length);
  const has = (pattern: RegExp): Flag => (pattern.test(attributes) ? 'on' : 'absent');
  const isRemoved = /max-age=0|expires=thu, 01 jan 1970|^=;/i.test(attributes);
  const isForAllSites = /;\s*samesite=none/i.test(attributes);
  return { name, secure: has(/;\s*secure/i), httpOnly: has(/;\s*httponly/i), isForAllSites, isRemoved };
}

/** The parts of a text. An unknown one is empty. Undefined if nothing of the text is known. */
function textParts(use: Use, value: number): string[] | undefined {
  const whole = constText(known(use, value));
  if (whole !== undefined) return [whole];
  const inst = use.frame.inst(value);
  if (inst.op === 'binary' && inst.operator === '+') {
    const [left, right] = [textParts(use, inst.left), textParts(use, inst.right)];
    return left && right ? [...left, ...right] : left ? [...left, ''] : undefined;
  }
  if (inst.op !== 'text') return undefined;
  return inst.parts.map((part) => constText(known(use, part)) ?? '');
}

/** Whether the value of `SameSite` is `None`: browsers then send the cookie with requests from all sites. */
export function isNone(it: Abstract | undefined): boolean {
  return constText(it)?.toLowerCase() === 'none';
}

function flagOf(it: Abstract | undefined, isKnown: boolean): Flag {
  if (!it) return isKnown ? 'absent' : 'unknown';
  if (isConst(it, undefined, null)) return 'absent';
  return isConst(it, true) ? 'on' : isConst(it, false, 0) ? 'off' : 'unknown';
}

function ofPython(use: Use, call: Call): CookieCall | undefined {
  if (!/^set_(secure_|signed_)?cookie$/.test(calleeName(use, call))) return undefined;
  if (use.frame.inst(call.callee).op !== 'member') return undefined;
  const isKnown = !mayBeSpread(use, call);
  const value = given(use, call, 1, 'value');
  const isRemoved =
    isConst(value, '') ||
    isConst(given(use, call, -1, 'max_age'), 0) ||
    isConst(given(use, call, -1, 'expires'), 0);
  return {
    name: constText(given(use, call, 0, 'key', 'name')),
    secure: flagOf(given(use, call, -1, 'secure'), isKnown),
    httpOnly: flagOf(given(use, call, -1, 'httponly', 'httpOnly'), isKnown),
    isForAllSites: isNone(given(use, call, -1, 'samesite')),
    isRemoved,
  };
}
