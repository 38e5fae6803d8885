/**
 * Finds requests to other servers without a timeout: `requests`, `urllib`, `axios` and `got` wait forever by default,
 * and httpx does when its own timeout is removed. `urllib` is reported only where the code serves requests.
 *
 * ## Why
 * A server that never answers then holds a worker forever. After a few such requests, no worker is left to serve
 * anyone.
 *
 * ## Bad
 * ```python
 * import requests
 *
 * requests.get(url)
 * ```
 * ```typescript
 * import axios from 'axios';
 *
 * await axios.get(url);
 * ```
 *
 * ## Good
 * ```python
 * requests.get(url, timeout=10)
 * ```
 * ```typescript
 * await axios.get(url, { timeout: 10_000 });
 * ```
 *
 * ## When not to use it
 * In scripts that someone watches. Options that the scanner does not know completely are not reported.
 */

import type { Linked } from '../../callgraph/linked.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import { hasTrait } from '../../models/state-traits.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import {
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
import { answersRequests } from './answers-requests.ts';
import { isEndlessOpen } from './endless-open.ts';
import { isLimited } from './limited-session.ts';

export const rule: UseRule = Object.freeze({
  id: 'request/no-timeout',
  title: 'Missing request timeout',
  severity: 'low',
  cwe: [400],
  owasp: 'A10:2025 Mishandling of Exceptional Conditions',
  isHardening: true,
  advice: 'Pass a timeout to every request: `timeout: 5000` in axios, `timeout: { request: 5000 }` in got.',
  pythonAdvice: 'Pass `timeout=` to every request.',
  on: ['call'],
  modelled: /^use\.(UrlOpen|HttpConnection|ClientTimeout|Request|Httpx|HttpxClient|Timeout|Got)$/,
  look,
} satisfies UseRule);

const opening: ByHost<(use: Use, call: Call) => boolean> = { python: isEndlessOpen };
const requests: ByHost<(use: Use, call: Call) => boolean> = { javascript, python };

function look(use: Use): UseReport | undefined {
  const { inst } = use;
  if (inst.op !== 'call') return undefined;
  if (byHost(use.language, opening)?.(use, inst)) return { message, confidence: ofOpen(use) };
  if (!byHost(use.language, requests)?.(use, inst)) return undefined;
  return { message, confidence: inTests(use) ? 'low' : 'medium' };
}

const message = 'The request has no timeout and may wait forever.';

/** Scripts open URLs of all kinds, and a person waits for them. A server must not wait. */
function ofOpen(use: Use): UseReport['confidence'] {
  const isServer = !inTests(use) && answersRequests(use.frame);
  return isServer ? 'medium' : 'low';
}

function python(use: Use, call: Call): boolean {
  if (isA(use, call.callee, 'use.ClientTimeout')) return isConst(given(use, call, 0, 'total'), null, 0);
  const timeout = given(use, call, -1, 'timeout');
  if (isA(use, call.callee, 'use.Request') && !isOtherGet(use, call))
    return timeout ? isConst(timeout, null) : !mayBeSpread(use, call) && !isSentWithLimit(use, call);
  return isA(use, call.callee, 'use.Httpx', 'use.HttpxClient') && isConst(timeout, null);
}

/** Whether the request's session sets the timeout. */
function isSentWithLimit({ frame }: Use, { callee }: Call): boolean {
  const inst = frame.inst(callee);
  return inst.op === 'member' && isLimited(frame.linked, { func: frame.id, value: inst.object });
}

/** `element.get('Name')` reads an entry or an attribute. A value that may be such an object is rarely a session. */
function isOtherGet({ frame }: Use, { callee }: Call): boolean {
  const inst = frame.inst(callee);
  if (inst.op !== 'member' || inst.name !== 'get') return false;
  return hasTrait(frame.linked.states(frame.id, inst.object), 'entries-by-get');
}

function javascript(use: Use, call: Call): boolean {
  if (isA(use, call.callee, 'use.Timeout'))
    return !hasDefaults(use.frame.linked) && lacks(use, axiosOptions(use, call));
  if (isA(use, call.callee, 'use.Got'))
    return lacks(use, call.args.length > 1 ? call.args[1] : undefined) && !isOptions(use, call.args[0]);
  return false;
}

function axiosOptions(use: Use, call: Call): ValueId | undefined {
  const name = calleeName(use, call);
  if (name === 'create' || name === 'request') return call.args[0];
  if (name === 'axios') return isOptions(use, call.args[0]) ? call.args[0] : call.args[1];
  return call.args[name === 'post' || name === 'put' || name === 'patch' ? 2 : 1];
}

/** Whether options are absent, or completely known without a timeout. */
function lacks(use: Use, options: ValueId | undefined): boolean {
  if (options === undefined) return true;
  if (!isWhole(use, options)) return false;
  const it = known(use, options);
  const inst = use.frame.inst(options);
  const names = inst.op === 'object' ? inst.keys : [...(it?.fields?.keys() ?? [])];
  if (names.includes('signal') || names.includes('cancelToken')) return false;
  return !names.includes('timeout') || isConst(option(it, 'timeout'), 0, null, undefined);
}

function isOptions(use: Use, value: ValueId | undefined): boolean {
  return (
    value !== undefined && (use.frame.inst(value).op === 'object' || known(use, value)?.shape === 'object')
  );
}

/** Whether the program sets `axios.defaults.timeout` anywhere. */
const hasDefaults = memoized((linked: Linked) =>
  linked.program.functions.some(({ func }) =>
    func.code.some((inst) => {
      const object = inst.op === 'store' && inst.name === 'timeout' ? func.code[inst.object] : undefined;
      return object?.op === 'member' && object.name === 'defaults';
    }),
  ),
);
