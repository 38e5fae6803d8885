import type { Abstract } from '../../dataflow/domain/abstract.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import type { UseReport } from '../kit/rule.ts';
import { argument, given, isA, isConst, known, option, type Use } from '../kit/use.ts';
import { policyWeakness } from '../kit/web/policy-directives.ts';
import { weakDecorator } from './csp-decorators.ts';
import { directivePlace } from './directive-place.ts';

/** Reports a call that makes middleware or a decorator for security headers, if its options omit or weaken a header. */
export function weakMiddleware(use: Use): UseReport | undefined {
  const { inst } = use;
  return inst.op === 'call' ? byHost(use.language, calls)?.(use, inst) : undefined;
}

const calls: ByHost<(use: Use, call: Call) => UseReport | undefined> = {
  javascript: ofNode,
  python: (use, call) =>
    isA(use, call.callee, 'use.Talisman') ? ofTalisman(use, call) : weakDecorator(use, call),
};

function ofNode(use: Use, inst: Call): UseReport | undefined {
  if (isA(use, inst.callee, 'use.Helmet')) return ofHelmet(use, inst.args[0]);
  if (isA(use, inst.callee, 'use.ContentPolicy')) return ofPolicy(argument(use, inst, 0));
  if (isA(use, inst.callee, 'use.SecureHeaders')) return ofHelmet(use, inst.args[0]);
  if (isA(use, inst.callee, 'use.BulwarkMiddleware')) return ofBulwark(argument(use, inst, 0));
  // Fastify: `app.register(helmet, options)`
  const [plugin] = inst.args;
  return plugin !== undefined && isA(use, plugin, 'use.Helmet') ? ofHelmet(use, inst.args[1]) : undefined;
}

/** Headers of helmet and of Hono's secureHeaders, by the names of their options. */
const switches: readonly (readonly [option: string, header: string])[] = [
  ['contentSecurityPolicy', 'Content-Security-Policy'],
  ['hsts', 'Strict-Transport-Security'],
  ['strictTransportSecurity', 'Strict-Transport-Security'],
  ['noSniff', 'X-Content-Type-Options'],
  ['xContentTypeOptions', 'X-Content-Type-Options'],
];

function ofHelmet(use: Use, first: ValueId | undefined): UseReport | undefined {
  const options = first === undefined ? undefined : known(use, first);
  const found = ofPolicy(option(options, 'contentSecurityPolicy'));
  const value = found && directivePlace(use, first);
  if (found) return value === undefined ? found : { ...found, value };
  for (const [name, header] of switches)
    if (isConst(option(options, name), false)) return report(`The header \`${header}\` is off.`);
  // A policy with frame-ancestors has the same effect.
  return isConst(option(options, 'frameguard'), false) || isConst(option(options, 'xFrameOptions'), false)
    ? { message: 'The header `X-Frame-Options` is off.', confidence: 'low' }
    : undefined;
}

/** `{ directives: { scriptSrc: [...] } }`, or the directives themselves as in Hono. */
function ofPolicy(policy: Abstract | undefined): UseReport | undefined {
  const weakness = policyWeakness(option(policy, 'directives') ?? policy);
  return weakness ? report(`The Content-Security-Policy ${weakness}.`) : undefined;
}

function ofBulwark(options: Abstract | undefined): UseReport | undefined {
  if (isConst(option(options, 'headers'), false)) return report('The security headers are off.');
  return isConst(option(options, 'csp'), false) ? report('The Content-Security-Policy is off.') : undefined;
}

function ofTalisman(use: Use, call: Call): UseReport | undefined {
  const policy = given(use, call, -1, 'content_security_policy');
  if (isConst(policy, null, false, '')) return report('The Content-Security-Policy is off.');
  const nonces = given(use, call, -1, 'content_security_policy_nonce_in');
  const weakness = policyWeakness(policy);
  const isNonced = nonces !== undefined && !weakness?.includes('unsafe-eval');
  if (weakness && !isNonced) return report(`The Content-Security-Policy ${weakness}.`);
  if (isConst(given(use, call, -1, 'strict_transport_security'), false)) return report('HSTS is off.');
  return isConst(given(use, call, -1, 'x_content_type_options'), false)
    ? report('The header `X-Content-Type-Options` is off.')
    : undefined;
}

function report(message: string): UseReport {
  return { message, confidence: 'high' };
}
