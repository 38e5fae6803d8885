/**
 * Finds servers that let pages of any origin call them with the cookies of the logged-in user: the request's `Origin`
 * is echoed back, or a library turns `*` into such an echo, together with credentials.
 *
 * ## Why
 * Any page that the user opens can then read their data from this server and act on their behalf.
 *
 * ## Bad
 * ```python
 * from fastapi import FastAPI
 * from fastapi.middleware.cors import CORSMiddleware
 *
 * app = FastAPI()
 * app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)
 * ```
 * ```typescript
 * import cors from 'cors';
 * import express from 'express';
 *
 * const app = express();
 * app.use(cors({ origin: true, credentials: true }));
 * ```
 *
 * ## Good
 * ```python
 * app.add_middleware(CORSMiddleware, allow_origins=["https://app.example.com"], allow_credentials=True)
 * ```
 * ```typescript
 * app.use(cors({ origin: ['https://app.example.com'], credentials: true }));
 * ```
 *
 * ## When not to use it
 * Public data without credentials may be open to all origins, and is not reported. Neither is an origin that is echoed
 * only after a comparison.
 */

import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import { type Abstract, constText } from '../../dataflow/domain/abstract.ts';
import type { Call, Func, Inst, ValueId } from '../../ir/ir.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import { isDevelopmentPath } from '../../project/path-purpose.ts';
import { inTests, pathOf } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { settingInstructions, settingsOf } from '../kit/settings.ts';
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
} from '../kit/use.ts';
import { givesOpenOptions, saysYes } from './answers-any.ts';
import { isOriginChecked, isReflected } from './origin-check.ts';

export const rule: UseRule = Object.freeze({
  id: 'cors/wild',
  title: 'Permissive CORS policy with credentials',
  severity: 'high',
  cwe: [942],
  owasp: 'A02:2025 Security Misconfiguration',
  advice:
    'List the origins that may send credentials: `cors({ origin: ["https://shop.example"], credentials: true })`.',
  pythonAdvice: {
    django: 'List the origins in `CORS_ALLOWED_ORIGINS` (django-cors-headers).',
    flask: 'Pass the allowed origins to `CORS(app, origins=[...])`.',
    fastapi: 'List the origins in `CORSMiddleware(allow_origins=[...])`.',
    any: 'List the origins that may send credentials.',
  },
  on: settingInstructions,
  names:
    /cors|^access[-_]control[-_]|^(register|set|setHeader|header|append|add_header|set_header|setdefault|add)$/i,
  modelled: /^use\.(Cors|HonoCors|FastifyCors|FlaskCors|CorsMiddleware)$/,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const found =
    (use.inst.op === 'call' ? byHost(use.language, calls)?.(use, use.inst) : undefined) ??
    ofHeaders(use) ??
    ofSettings(use);
  return found && inTests(use) ? { ...found, confidence: 'low' } : found;
}

const wild: UseReport = {
  message: "Pages of any origin can send requests with the user's credentials, and read the responses.",
  confidence: 'high',
};

const calls: ByHost<(use: Use, call: Call) => UseReport | undefined> = {
  javascript: ofNode,
  python: ofPython,
};

function ofNode(use: Use, call: Call): UseReport | undefined {
  const options = optionsOf(use, call);
  if (options === undefined) return undefined;
  const asked = functionsAt(use, { func: use.frame.id, value: options });
  if (asked.length > 0) return asked.every(givesOpenOptions) ? wild : undefined;
  const it = known(use, options);
  if (!isConst(option(it, 'credentials'), true)) return undefined;
  const origin = option(it, 'origin');
  if (isConst(origin, true)) return wild;
  // Browsers refuse `*` with credentials.
  if (isConst(origin, '*') || (!origin && isWhole(use, options) && !originId(use, options)))
    return { ...wild, confidence: 'medium' };
  const from = originId(use, options);
  if (from === undefined) return undefined;
  const { linked } = use.frame;
  const inst = instOf(linked, from);
  if (inst && isOpenElse(use, from, inst)) return { ...wild, confidence: 'medium' };
  if (inst?.op === 'regex') return /^\^?\.[*+]\$?$/.test(inst.source) ? wild : undefined;
  const functions = functionsAt(use, from);
  if (functions.length > 0) return functions.every(saysYes) ? wild : undefined;
  // `cors({ origin: req.headers.origin })(req, res, next)`
  return from.func === use.frame.id && isReflected(use, from.value) && !isOriginChecked(use)
    ? wild
    : undefined;
}

function optionsOf(use: Use, call: Call): ValueId | undefined {
  if (isA(use, call.callee, 'use.Cors', 'use.HonoCors')) return call.args[0];
  const name = calleeName(use, call);
  if (name === 'enableCors') return call.args[0];
  return name === 'register' && call.args[0] !== undefined && isA(use, call.args[0], 'use.FastifyCors')
    ? call.args[1]
    : undefined;
}

function functionsAt({ frame }: Use, { func, value }: Place): readonly Func[] {
  const { functions } = frame.linked.program;
  return frame.linked.functions(func, value).flatMap((id) => functions[id]?.func ?? []);
}

function originId({ frame }: Use, options: ValueId): Place | undefined {
  const place = madeBy(frame.linked, { func: frame.id, value: options });
  const inst = instOf(frame.linked, place);
  const value = inst?.op === 'object' ? inst.values[inst.keys.indexOf('origin')] : undefined;
  return value === undefined ? undefined : { func: place.func, value };
}

/**
 * `process.env.ORIGINS || true` allows any origin if the variable is unset, and `process.env.NODE_ENV === 'production'` does in
 * production.
 */
function isOpenElse({ frame }: Use, { func }: Place, inst: Inst): boolean {
  const at = (value: ValueId): Inst | undefined => instOf(frame.linked, { func, value });
  const isRead = (one: Inst | undefined): boolean => one?.op === 'member' && at(one.object)?.op === 'member';
  if (inst.op === 'binary') {
    const text = at(inst.right);
    return (
      inst.operator === '==' && isRead(at(inst.left)) && text?.op === 'const' && text.value === 'production'
    );
  }
  if (inst.op !== 'phi' || inst.inputs.length !== 2) return false;
  const inputs = inst.inputs.map(at);
  return inputs.some((one) => one?.op === 'const' && one.value === true) && inputs.some(isRead);
}

function ofPython(use: Use, call: Call): UseReport | undefined {
  if (isA(use, call.callee, 'use.FlaskCors')) {
    const resources = given(use, call, -1, 'resources');
    const inner = [...(resources?.fields?.values() ?? [])];
    const isWith = [
      given(use, call, -1, 'supports_credentials'),
      ...inner.map((one) => option(one, 'supports_credentials')),
    ].some((one) => isConst(one, true));
    if (!isWith || mayBeSpread(use, call)) return undefined;
    const origins = [given(use, call, -1, 'origins'), ...inner.map((one) => option(one, 'origins'))].filter(
      (one) => one !== undefined,
    );
    const isAny = origins.length === 0 ? !resources || inner.length > 0 : origins.some(isStar);
    return isAny ? wild : undefined;
  }
  const isMiddleware =
    isA(use, call.callee, 'use.CorsMiddleware') ||
    (call.args[0] !== undefined && isA(use, call.args[0], 'use.CorsMiddleware'));
  if (!isMiddleware || !isConst(given(use, call, -1, 'allow_credentials'), true)) return undefined;
  const pattern = constText(given(use, call, -1, 'allow_origin_regex'));
  const isAny =
    isStar(given(use, call, -1, 'allow_origins')) || /^(https\?:\/\/)?\.[*+]$/.test(pattern ?? '');
  return isAny ? wild : undefined;
}

function isStar(it: Abstract | undefined): boolean {
  return isConst(it, '*', '.*') || [...(it?.fields?.values() ?? [])].some((one) => isConst(one, '*', '.*'));
}

const allowOrigin = 'access-control-allow-origin';
const allowCredentials = 'access-control-allow-credentials';

interface Header {
  readonly name: string;
  readonly value: ValueId;
}

/** Headers that the program sets itself: it reflects the request's origin, and allows credentials. */
function ofHeaders(use: Use): UseReport | undefined {
  const origin = headersOf(use).find(({ name }) => name === allowOrigin);
  if (!origin || !isReflected(use, origin.value)) return undefined;
  const { frame } = use;
  if (isOriginChecked(use)) return undefined;
  const isWith = frame.func.code.some((inst, value) => {
    if (frame.values[value] === undefined) return false;
    const other: Use = { ...use, inst, value };
    return (
      headersOf(other).some(
        (one) => one.name === allowCredentials && isConst(known(use, one.value), 'true', true),
      ) && !isOriginChecked(other)
    );
  });
  return isWith ? wild : undefined;
}

function headersOf(use: Use): Header[] {
  const { inst } = use;
  const found = settingsOf(use)
    .filter(({ how, name }) => how === 'entry' || (how === 'member' && name.startsWith('access_control_')))
    .map(({ name, value }) => ({ name: name.toLowerCase().replaceAll('_', '-'), value }));
  if (
    inst.op === 'call' &&
    /^(set|setHeader|header|append|add_header|set_header|setdefault|add)$/.test(calleeName(use, inst))
  ) {
    const name = constText(argument(use, inst, 0));
    const value = argumentId(use, inst, 1);
    if (name !== undefined && value !== undefined) found.push({ name: name.toLowerCase(), value });
  }
  return found;
}

function ofSettings(use: Use): UseReport | undefined {
  const { frame, inst } = use;
  // `cors: { ... }` of socket.io, Nest and hapi.
  if (!use.language.settingsAreVariables && inst.op === 'object') {
    for (const { name, value } of settingsOf(use)) {
      const it = name === 'cors' ? known(use, value) : undefined;
      const origin = option(it, 'origin');
      if (isConst(option(it, 'credentials'), true) && (isConst(origin, true) || isStar(origin)))
        return { ...wild, value };
    }
    return undefined;
  }
  if (!use.language.settingsAreVariables || inst.op !== 'cell-store' || isDevelopmentPath(pathOf(use)))
    return undefined;
  const isAny = settingsOf(use).some(
    ({ name, value }) =>
      /^CORS_(ALLOW_ALL_ORIGINS|ORIGIN_ALLOW_ALL)$/.test(name) && isConst(known(use, value), true),
  );
  if (!isAny) return undefined;
  const isWith = frame.func.code.some((other, value) =>
    settingsOf({ ...use, inst: other, value }).some(
      (one) => one.name === 'CORS_ALLOW_CREDENTIALS' && isConst(known(use, one.value), true),
    ),
  );
  return isWith ? wild : undefined;
}
