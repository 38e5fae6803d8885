/**
 * Looks at `DEBUG` of Flask's configuration, at `FLASK_DEBUG` and `FLASK_ENV` in the files of the deployment, and at
 * `app.run(debug=...)` and `flask run --debug` where that is what production starts, or nothing else is seen. Flask's default is off.
 *
 * ## Why
 * In debug mode an error shows the stack with its code. The debugger of `app.run` and `flask run` has a console in the page.
 *
 * ## Passes
 * Debug mode is off in the configuration, the deployment does not switch it on, and production is not started by
 * `app.run(debug=True)`.
 *
 * ## Fails
 * It is on in one of these.
 *
 * ## Unknown
 * The setting is computed, read from the environment without a default, set behind a condition that files do not decide, or the
 * application is made in a way that was not understood. Or `app.run(debug=True)` is there, and how production is started was not
 * seen, or one command of several has `--debug`. Or the configuration is chosen by a variable that no file sets, and is one with debug
 * mode without it.
 *
 * ## How to fix
 * ```python
 * app.run()
 * ```
 * and for development:
 * ```sh
 * flask run --debug
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { appCheck, flaskSetting, readValue, unless } from '../../../python/app/app-check.ts';
import type { PythonApp } from '../../../python/app/find-apps.ts';
import { pythonStarts, servers, startLines } from '../../../python/app/python-starts.ts';
import { deployedVariables, isForDevelopment } from '../../../python/deployed-variables.ts';
import { truthOf } from '../../../python/operators.ts';
import { isType } from '../../../python/value.ts';
import { isProductionPath } from '../../../subject/production-path.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = appCheck({
  id: 'python/flask-debug',
  framework: 'flask',
  aspect: 'errors/debug',
  title: 'Debug mode of Flask is off in production.',
  why: 'Error pages show code, and their console runs any code that a visitor enters.',
  severity: 'high',
  cwe: [489, 215],
  asvs: ['13.4.2'],
  judge,
});

function judge(app: PythonApp, subject: Subject): readonly Outcome[] {
  const setting = flaskSetting(app, 'DEBUG', false);
  if (setting.plain === undefined)
    return [unknown(`DEBUG is not known: ${setting.reason}.`, fix, setting.evidence)];
  const isOn = truthOf(setting.plain);
  if (isOn === undefined) return [unknown('DEBUG is not known: it is computed.', fix, setting.evidence)];
  if (isOn) return [fail(`DEBUG is on${unless(setting)}.`, setting.evidence, fix)];
  const variable = ofDeployment(subject);
  if (variable) return [variable];
  return [
    ofChoice(app, subject) ??
      ofCommand(subject) ??
      ofRun(app, subject) ??
      ofOtherRun(app, subject) ??
      pass(`DEBUG is off${unless(setting)}.`, setting.evidence),
  ];
}

/** `FLASK_DEBUG=1`, or `FLASK_ENV=development` before Flask 2.3. */
function ofDeployment(subject: Subject): Outcome | undefined {
  for (const [name, pattern] of [
    ['FLASK_DEBUG', /^(?!(0|false|no|)$)/i],
    ['FLASK_ENV', /^development$/i],
  ] as const) {
    for (const { value, spot } of deployedVariables(subject).get(name) ?? []) {
      if (value === undefined)
        return unknown(`${name} is not known: ${spot.path} takes it from outside.`, fix, [{ ...spot }]);
      if (pattern.test(value))
        return fail(`${name} switches debug mode on.`, [{ ...spot }], `Remove ${name} from ${spot.path}.`);
    }
  }
  return undefined;
}

/** `config[os.environ.get('FLASK_CONFIG', 'default')]`, where that is a class with debug mode, and no file sets the variable. */
function ofChoice({ object }: PythonApp, subject: Subject): Outcome | undefined {
  const config = object.fields.get('config')?.[0].plain;
  const other = isType(config, 'dict') ? config.otherwise : undefined;
  if (!other || other.variables.some((name) => deployedVariables(subject).has(name))) return undefined;
  const read = readValue(other.entries.get('DEBUG'), false, object);
  if (read.plain !== undefined && truthOf(read.plain) === false) return undefined;
  const names = other.variables.join(' or ') || 'a variable';
  return unknown(
    `The configuration has debug mode on unless ${names} of the environment chooses another, and no file sets it.`,
    'Take the configuration of production by default, or set the variable where the program is started.',
    read.evidence,
  );
}

const debugCommand =
  /\bflask\b.*\brun\b.*(?:["',\s])--debug(?:ger)?(?![\w-])|\bflask\b.*["',\s]--debug(?![\w-]).*\brun\b/;

/** `flask run --debug`, as what production starts. */
function ofCommand(subject: Subject): Outcome | undefined {
  const lines = startLines(subject);
  const bad = lines.filter(({ text }) => debugCommand.test(text));
  if (bad.length === 0) return undefined;
  const mend = 'Start it with a server such as gunicorn, without `--debug`.';
  const others = lines.filter(
    ({ text }) =>
      !debugCommand.test(text) && (servers.test(text) || /\bflask\b.*\brun\b|\bpython[\d.]*\b/.test(text)),
  );
  return others.length === 0
    ? fail('What production starts switches debug mode on.', bad.slice(0, 5), mend)
    : unknown(
        'One start command switches debug mode on, and another does not.',
        mend,
        [...bad, ...others].slice(0, 6),
      );
}

function ofRun({ object }: PythonApp, subject: Subject): Outcome | undefined {
  for (const { name, given, spot } of object.calls) {
    if (name !== 'run' && name !== 'set') continue;
    const value = given.named.get('debug') ?? (name === 'run' ? given.positional[2] : undefined);
    if (!value && !given.isOpen) continue;
    const read = readValue(value, undefined, object);
    if (read.plain === false || read.plain === null || read.plain === 0 || read.plain === '') continue;
    const evidence = [{ path: spot.path, line: spot.line, text: spot.text }, ...read.evidence.slice(0, 3)];
    const starts = pythonStarts(subject, spot.path);
    if (starts.kind === 'server') continue;
    if (starts.kind === 'unseen')
      return unknown(
        'app.run() switches debug mode on, and how production is started was not seen.',
        fix,
        evidence,
      );
    if (read.plain === undefined)
      return unknown(`Whether app.run() switches debug mode on is not known: ${read.reason}.`, fix, evidence);
    return fail(`app.run() switches debug mode on${unless(read)}.`, [...evidence, ...starts.evidence], fix);
  }
  return undefined;
}

const debugRun =
  /[\w)]\.run\([^\n]{0,300}?\bdebug\s*=\s*(?!False\b)|[\w)]\.run\((?:[^()]|\([^()]*\)){0,500}?\bdebug\s*=\s*(?!False\b)/;

/** A file that runs an application in debug mode which came from a function that was not understood. */
function ofOtherRun({ object }: PythonApp, subject: Subject): Outcome | undefined {
  const seen = new Set(object.calls.filter(({ name }) => name === 'run').map(({ spot }) => spot.path));
  const path = subject.paths.find(
    (one) =>
      one.endsWith('.py') &&
      isProductionPath(one) &&
      !isForDevelopment(one) &&
      !seen.has(one) &&
      debugRun.test(subject.read(one) ?? '') &&
      pythonStarts(subject, one).kind !== 'server',
  );
  if (path === undefined) return undefined;
  const summary = `${path} runs an application in debug mode, and whether it is this one was not understood.`;
  return unknown(summary, fix, [{ path, text: 'run(debug=...)' }, { ...object.spot }]);
}

const fix = 'Remove `debug=True`, and start the server of development with `flask run --debug`.';
