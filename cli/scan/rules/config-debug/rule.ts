/**
 * Finds debug modes that are on in every environment: those of Flask and Django, and error pages that show code and
 * variables.
 *
 * ## Why
 * Flask's debugger runs any code that a visitor enters. Error pages show paths, settings and the values of variables.
 *
 * ## Bad
 * ```python
 * from flask import Flask
 *
 * app = Flask(__name__)
 * app.run(debug=True)
 * ```
 * ```typescript
 * import errorhandler from 'errorhandler';
 * import express from 'express';
 *
 * const app = express();
 * app.use(errorhandler());
 * ```
 *
 * ## Good
 * ```python
 * app.run(debug=os.environ.get("APP_DEBUG") == "1")
 * ```
 * ```typescript
 * if (process.env.NODE_ENV === 'development') app.use(errorhandler());
 * ```
 *
 * ## When not to use it
 * Development settings in a file or class of that name, and code behind a condition, are not reported.
 */
import type { Call, ValueId } from '../../ir/ir.ts';
import { haveWord } from '../../ir/query/words.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import { isDevelopmentPath } from '../../project/path-purpose.ts';
import { inTests, pathOf } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { objectName } from '../kit/sensitive/sensitive-context.ts';
import { settingInstructions, settingsOf } from '../kit/settings.ts';
import { argument, calleeName, given, isA, isConst, known, option, type Use } from '../kit/use.ts';
import { conditionNames } from '../kit/value/condition-names.ts';
import { isDjangoSettings } from '../kit/web/django-settings.ts';

export const rule: UseRule = Object.freeze({
  id: 'config/debug',
  title: 'Debug mode always on',
  severity: 'medium',
  cwe: [489, 215],
  owasp: 'A02:2025 Security Misconfiguration',
  advice: 'Turn debug mode on with an environment variable that production does not set.',
  pythonAdvice: {
    django: 'Read `DEBUG` from an environment variable that production does not set.',
    flask: 'Remove `debug=True`, and start the development server with `flask run --debug`.',
    any: 'Turn debug mode on with an environment variable that production does not set.',
  },
  on: settingInstructions,
  names: /^debug$/i,
  modelled: /^use\.(Run|DebugStarlette|TornadoApp|WsgiServer|DebuggedApplication|ErrorHandler|Apollo)$/,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const found =
    (use.inst.op === 'call' ? byHost(use.language, calls)?.(use, use.inst) : undefined) ?? ofSettings(use);
  if (!found || haveWord(conditionNames(use.frame, use.value), asked)) return undefined;
  return inTests(use) || isDevelopmentPath(pathOf(use)) ? { ...found, confidence: 'low' } : found;
}

const asked = new Set([
  'debug',
  'dev',
  'development',
  'env',
  'environment',
  'production',
  'prod',
  'local',
  'testing',
  'verbose',
  'argv',
]);

const calls: ByHost<(use: Use, call: Call) => UseReport | undefined> = {
  javascript: ofNodeCall,
  python: ofPythonCall,
};

function ofPythonCall(use: Use, call: Call): UseReport | undefined {
  const { callee } = call;
  if (isA(use, callee, 'use.Run')) {
    const isOn =
      isConst(given(use, call, 2, 'debug'), true) || isConst(given(use, call, -1, 'use_debugger'), true);
    return isOn
      ? { message: 'The server runs with its debugger.', confidence: 'high', severity: 'high' }
      : undefined;
  }
  if (isA(use, callee, 'use.DebugStarlette'))
    return isConst(given(use, call, 0, 'debug'), true)
      ? { message: 'Error pages show source code.', confidence: 'high' }
      : undefined;
  if (isA(use, callee, 'use.TornadoApp'))
    return isConst(given(use, call, -1, 'debug'), true)
      ? { message: 'The application runs in debug mode.', confidence: 'medium' }
      : undefined;
  if (isA(use, callee, 'use.WsgiServer'))
    return isConst(given(use, call, -1, 'use_debugger'), true)
      ? { message: 'The server runs with its debugger.', confidence: 'high', severity: 'high' }
      : undefined;
  if (isA(use, callee, 'use.DebuggedApplication'))
    return {
      message: 'The Werkzeug debugger wraps the application.',
      confidence: 'medium',
      severity: 'high',
    };
  return undefined;
}

function ofNodeCall(use: Use, call: Call): UseReport | undefined {
  const { callee } = call;
  if (isA(use, callee, 'use.ErrorHandler'))
    return { message: 'Error responses contain stack traces, in production too.', confidence: 'high' };
  const options = isA(use, callee, 'use.Apollo') ? argument(use, call, 0) : undefined;
  const isOn =
    isConst(option(options, 'includeStacktraceInErrorResponses'), true) ||
    isConst(option(options, 'debug'), true);
  return isOn ? { message: 'Error responses contain stack traces.', confidence: 'medium' } : undefined;
}

function ofSettings(use: Use): UseReport | undefined {
  if (!use.language.settingsAreVariables) return undefined;
  const { inst } = use;
  for (const { name, value, how } of settingsOf(use)) {
    if (!isConst(known(use, value), true)) {
      if (name === 'DEBUG' && how === 'variable' && isDjangoSettings(use) && isOnByDefault(use, value))
        return { message: '`DEBUG` is on by default.', confidence: 'medium' };
      continue;
    }
    if (name === 'DEBUG' && how === 'variable')
      return isDjangoSettings(use) ? { message: '`DEBUG` is on.', confidence: 'high' } : undefined;
    if (name === 'DEBUG' && inst.op === 'class') {
      const owner = use.frame.linked.program.modules[use.frame.info.module]?.classes[inst.class]?.name ?? '';
      return /^Prod/.test(owner)
        ? { message: `\`DEBUG\` is on in \`${owner}\`.`, confidence: 'high', value }
        : undefined;
    }
    if (name === 'DEBUG' && inst.op === 'store-index' && isConfig(use))
      return { message: '`DEBUG` is on.', confidence: 'medium' };
    if (
      name === 'DEBUG' &&
      how === 'keyword' &&
      /^(update|from_mapping)$/.test(calleeName(use, inst as Call))
    )
      return { message: '`DEBUG` is on.', confidence: 'medium' };
    if (name === 'debug' && inst.op === 'store' && isA(use, inst.object, 'flask.Flask'))
      return { message: 'The application is in debug mode.', confidence: 'medium' };
  }
  return undefined;
}

/**
 * `env.bool("DEBUG", True)`, decouple's `config("DEBUG", default=True, cast=bool)`. Production shows its errors unless it sets
 * the variable.
 */
function isOnByDefault(use: Use, value: ValueId): boolean {
  const { frame } = use;
  const call = frame.inst(value);
  if (call.op !== 'call') return false;
  const callee = frame.inst(call.callee);
  const reader = callee.op === 'member' && callee.name === 'bool' ? callee.object : call.callee;
  if (!/^(?:env|environ|config)$/i.test(objectName(frame.linked, frame.id, reader))) return false;
  return isConst(given(use, call, 1, 'default'), true);
}

/** `app.config["DEBUG"]` */
function isConfig({ frame, inst }: Use): boolean {
  const object = inst.op === 'store-index' ? frame.inst(inst.object) : undefined;
  return object?.op === 'member' && object.name === 'config';
}
