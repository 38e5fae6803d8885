/**
 * Finds places where the protection against cross-site request forgery (CSRF) is off: `csrf_exempt`, a removed
 * middleware, `WTF_CSRF_ENABLED = False`, lusca or csurf that let POST through; and Express sessions with forms but
 * without CSRF protection.
 *
 * ## Why
 * Another site can then make the browser of a logged-in user send a form on the user's behalf.
 *
 * ## Bad
 * ```python
 * from django.contrib.auth.decorators import login_required
 * from django.views.decorators.csrf import csrf_exempt
 *
 * @csrf_exempt
 * @login_required
 * def change_mail(request): ...
 * ```
 * ```typescript
 * import express from 'express';
 * import lusca from 'lusca';
 *
 * const app = express();
 * app.use(lusca({ csrf: false }));
 * ```
 *
 * ## Good
 * ```python
 * @login_required
 * def change_mail(request): ...
 * ```
 * ```typescript
 * app.use(lusca({ csrf: true }));
 * ```
 *
 * ## When not to use it
 * Endpoints for machines that verify a signature or a token in a header need no CSRF token: suppress the finding
 * there, with the reason.
 */

import type { Linked } from '../../callgraph/linked.ts';
import { decoratorsOf } from '../../callgraph/query/decorators.ts';
import { instOf } from '../../callgraph/query/made-by.ts';
import { constText } from '../../dataflow/domain/abstract.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Call, Inst } from '../../ir/ir.ts';
import { memoizedPair } from '../../ir/memoized.ts';
import { isDevelopmentPath } from '../../project/path-purpose.ts';
import { inTests, pathOf } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { settingInstructions, settingsOf } from '../kit/settings.ts';
import { argument, given, isA, isConst, known, option, type Use } from '../kit/use.ts';
import { isForDevelopment } from '../kit/web/development-settings.ts';
import { hasText, textsOf } from '../kit/web/django-settings.ts';
import { isForMachines } from './other-decorators.ts';
import { comparesToken, isCheckedLater } from './own-check.ts';
import { unprotectedSession } from './sessions.ts';

export const rule: UseRule = Object.freeze({
  id: 'csrf/off',
  title: 'CSRF protection disabled',
  severity: 'medium',
  cwe: [352],
  owasp: 'A01:2025 Broken Access Control',
  advice:
    'Keep the CSRF check on. For clients that are not browsers, authenticate with a header instead of a cookie.',
  pythonAdvice: {
    django:
      'Keep `CsrfViewMiddleware` on and remove `csrf_exempt`. For clients that are not browsers, authenticate with a header instead of a cookie.',
    flask:
      'Keep `CSRFProtect(app)` of Flask-WTF on. For clients that are not browsers, authenticate with a header instead of a cookie.',
    any: 'Keep the CSRF check on. For clients that are not browsers, authenticate with a header instead of a cookie.',
  },
  on: settingInstructions,
  names: /csrf|xsrf|^meta$|^MIDDLEWARE/i,
  modelled: /^$|^use\.(Session|CsrfExempt|FlaskCsrfExempt|MethodDecorator|Lusca|Csurf)$/,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const found = (use.inst.op === 'call' ? ofCall(use, use.inst) : undefined) ?? ofSettings(use);
  if (!found) return undefined;
  const isOther = inTests(use) || isDevelopmentPath(pathOf(use)) || isForDevelopment(use);
  return isOther ? { ...found, confidence: 'low' } : found;
}

function ofCall(use: Use, call: Call): UseReport | undefined {
  const { callee } = call;
  const unprotected = unprotectedSession(use, call);
  if (unprotected) return unprotected;
  if (isExempting(use, call)) {
    if (isSigned(use, call) || isCheckedLater(use.frame)) return undefined;
    return isForMachines(use, call) ? { ...exempt, confidence: 'low' } : exempt;
  }
  if (isA(use, callee, 'use.Lusca'))
    return isConst(option(argument(use, call, 0), 'csrf'), false)
      ? { message: 'The CSRF check of lusca is off.', confidence: 'high' }
      : undefined;
  if (isA(use, callee, 'use.Csurf')) {
    const methods = option(argument(use, call, 0), 'ignoreMethods')?.fields?.values() ?? [];
    const isIgnored = [...methods].some((one) => /^(POST|PUT|PATCH|DELETE)$/i.test(constText(one) ?? ''));
    return isIgnored
      ? { message: 'The CSRF check skips requests that change data.', confidence: 'high' }
      : undefined;
  }
  if (
    use.language.hasKeywordArguments &&
    isConst(option(given(use, call, -1, 'meta'), 'csrf'), false) &&
    !isCommand(use.frame)
  )
    return {
      message: 'The CSRF check of this form is off.',
      confidence: isInResource(use.frame) ? 'low' : 'medium',
    };
  return undefined;
}

/** `@csrf_exempt`, `@method_decorator(csrf_exempt)`, `@csrf.exempt` */
function isExempting(use: Use, { callee, args }: Call): boolean {
  const [decorator] = args;
  return (
    isA(use, callee, 'use.CsrfExempt', 'use.FlaskCsrfExempt') ||
    (isA(use, callee, 'use.MethodDecorator') &&
      decorator !== undefined &&
      isA(use, decorator, 'use.CsrfExempt'))
  );
}

/** Whether an exempt view verifies a signature itself. Its client is no browser then. */
function isSigned({ frame }: Use, call: Call): boolean {
  const { linked, id, info } = frame;
  const first = linked.program.firstFunc[info.module] ?? 0;
  const classes = linked.program.modules[info.module]?.classes ?? [];
  return call.args.some((arg) => {
    const inst = frame.inst(arg);
    const methods = inst.op === 'class' ? (classes[inst.class]?.methods ?? []) : [];
    const made = inst.op === 'call' ? methodsOfView(frame, inst) : [];
    return [...linked.functions(id, arg), ...methods.map(({ func }) => first + func), ...made].some(
      (func) => verifies(linked.program.functions[func]?.func.code ?? []) || callsVerifier(linked, func),
    );
  });
}

/** `csrf_exempt(Login.as_view())`: the methods of the class. */
function methodsOfView(frame: FunctionView, call: Call): readonly number[] {
  const { linked, id } = frame;
  const callee = frame.inst(call.callee);
  if (callee.op !== 'member' || callee.name !== 'as_view') return [];
  return linked.classes(id, callee.object).flatMap((owner) => {
    const info = linked.program.classes[owner];
    const first = linked.program.firstFunc[info?.module ?? 0] ?? 0;
    return (info?.class.methods ?? []).map(({ func }) => first + func);
  });
}

/** The maximum number of functions to search for the comparison of a signature, and for its computation. */
const maxCalled = 20;
const maxReached = 200;

/** Whether the callees of a view compute a signature and compare in constant time: `mac_ok(body, given)`. */
function callsVerifier(linked: Linked, view: number): boolean {
  const called = new Set<number>();
  for (const func of [view, ...[...callees(linked, view)].slice(0, maxCalled)]) {
    for (const one of callees(linked, func)) if (called.size < maxReached) called.add(one);
  }
  return (
    [...called].slice(0, maxCalled).some((func) => workOf(linked, func).compares) &&
    [...called].some((func) => workOf(linked, func).makesCode)
  );
}

/** What a function does for a signature check, and its callees. This is cached, as many views may call the same function. */
interface Work {
  readonly compares: boolean;
  readonly makesCode: boolean;
  readonly calls: ReadonlySet<number>;
}

const workOf = memoizedPair((linked: Linked, func: number): Work => {
  const code = linked.program.functions[func]?.func.code ?? [];
  const calls = new Set<number>();
  code.forEach((inst, value) => {
    if (inst.op === 'call') for (const target of linked.targets(func, value)) calls.add(target.func);
  });
  return {
    compares: names(code, /^(compare_digest|constant_time_compare)$/),
    makesCode: makesCode(code),
    calls,
  };
});

function callees(linked: Linked, func: number): ReadonlySet<number> {
  return workOf(linked, func).calls;
}

/** `hmac.new(...)`, `hmac.digest(...)`, Django's `salted_hmac(...)`. A plain hash may be that of a password. */
function makesCode(code: readonly Inst[]): boolean {
  return code.some((inst) => {
    if (inst.op === 'import')
      return inst.name === 'salted_hmac' || (inst.specifier === 'hmac' && inst.name === 'new');
    const object = inst.op === 'member' && /^(new|digest)$/.test(inst.name) ? code[inst.object] : undefined;
    return object?.op === 'import' && object.specifier === 'hmac';
  });
}

/** Whether code verifies a signature: by a library, or by computing and comparing one. A comparison alone may be of anything. */
function verifies(code: readonly Inst[]): boolean {
  const has = (name: RegExp): boolean => names(code, name);
  return (
    comparesToken(code) ||
    has(/^(construct_event|(verify|check|validate)_\w*signature\w*)$/) ||
    (has(/^(compare_digest|constant_time_compare)$/) && has(/^(digest|hexdigest|salted_hmac)$/))
  );
}

function names(code: readonly Inst[], name: RegExp): boolean {
  return code.some(
    (one) => (one.op === 'member' || one.op === 'import' || one.op === 'global') && name.test(one.name),
  );
}

/** Whether a form validates the body of a resource of Flask-RESTful. The clients of such an API mostly send a header to authenticate. */
function isInResource({ linked, id }: FunctionView): boolean {
  const owner = linked.classOf(id);
  return (
    owner >= 0 && [owner, ...linked.ancestors(owner)].some((one) => linked.basesOf(one).includes('Resource'))
  );
}

/** Whether a form validates the input of a command line, which no browser sends: `@users.command("create")`. */
function isCommand({ linked, id }: FunctionView): boolean {
  return decoratorsOf(linked, id).some(({ func, call }) => {
    const callee = instOf(linked, { func, value: call.callee });
    return (callee?.op === 'member' || callee?.op === 'import') && callee.name === 'command';
  });
}

const exempt: UseReport = { message: 'This view is exempt from the CSRF check.', confidence: 'medium' };

function ofSettings(use: Use): UseReport | undefined {
  for (const { name, value, how } of settingsOf(use)) {
    const at = how === 'variable' ? {} : { value };
    const isOff = (): boolean => isConst(known(use, value), false);
    if (!use.language.settingsAreVariables) {
      if (name === 'csrf' && how === 'entry' && isConst(option(known(use, value), 'checkOrigin'), false))
        return { message: 'The server does not check the origin of form posts.', confidence: 'high', value };
      continue;
    }
    if (/^(WTF_CSRF_ENABLED|CSRF_ENABLED)$/.test(name) && isOff())
      return { message: `\`${name}\` is off.`, confidence: 'high', ...at };
    if (/^(WTF_CSRF_CHECK_DEFAULT|csrf_enabled|xsrf_cookies|enable_csrf)$/.test(name) && isOff())
      return { message: `\`${name}\` is off.`, confidence: 'medium', ...at };
    if (name === 'csrf' && use.inst.op === 'class' && isOff() && isMeta(use))
      return { message: 'The CSRF check of this form is off.', confidence: 'medium', value };
    if (/^MIDDLEWARE(_CLASSES)?$/.test(name) && how === 'variable' && lacksCsrf(use, value))
      return { message: 'The application uses sessions without the CSRF middleware.', confidence: 'medium' };
  }
  return undefined;
}

function isMeta({ frame, inst }: Use): boolean {
  return (
    inst.op === 'class' &&
    frame.linked.program.modules[frame.info.module]?.classes[inst.class]?.name === 'Meta'
  );
}

/** Whether Django's list of middleware is fully known, has sessions and no CSRF check, and no other text names that check. */
function lacksCsrf(use: Use, value: number): boolean {
  const names = textsOf(use, value);
  return (
    names?.some((name) => /\.(?:Authentication|Session)Middleware$/.test(name)) === true &&
    !names.some((name) => /csrf/i.test(name)) &&
    !hasText(use, csrfMiddleware)
  );
}

const csrfMiddleware = /\.Csrf\w*Middleware$/;
