/**
 * Looks at `debug` and `serve_traceback` of `tornado.web.Application(...)`. The default is off.
 *
 * ## Why
 * With `debug=True`, Tornado answers errors with the stack, restarts when files change, and keeps no compiled templates.
 *
 * ## Passes
 * Neither is on, or it is an option of `tornado.options` that is off by default and that no command of the project switches on.
 *
 * ## Fails
 * One of them is on, or on by default.
 *
 * ## Unknown
 * The setting is computed, is an option that a command or a file of options may set, read from the environment without a default, set behind a condition that files do not decide, or the
 * application is made in a way that was not understood.
 *
 * ## How to fix
 * ```python
 * application = tornado.web.Application(handlers)
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { appCheck, unless } from '../../../python/app/app-check.ts';
import type { PythonApp } from '../../../python/app/find-apps.ts';
import { tornadoOption } from '../../../python/app/tornado-option.ts';
import { tornadoSetting } from '../../../python/app/tornado-setting.ts';
import { truthOf } from '../../../python/operators.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = appCheck({
  id: 'python/tornado-debug',
  framework: 'tornado',
  aspect: 'errors/debug',
  title: 'Debug mode of Tornado is off.',
  why: 'Error pages show the stack with its code.',
  severity: 'high',
  cwe: [489, 215],
  asvs: ['13.4.2'],
  judge,
});

function judge(app: PythonApp, subject: Subject): readonly Outcome[] {
  const outcomes = ['debug', 'serve_traceback'].map((name) => {
    const read = tornadoSetting(app, name, false);
    const isOn = read.plain === undefined ? undefined : truthOf(read.plain);
    if (isOn === undefined) {
      const option = tornadoOption(subject, read.evidence);
      if (option?.isOn === true)
        return fail(`${name} is on by default: the option \`${option.name}\` is.`, option.evidence, fix);
      if (option?.isOn === false)
        return pass(`${name} is off, unless the option \`${option.name}\` is given.`, option.evidence);
      return unknown(`Whether ${name} is on is not known: ${read.reason}.`, fix, read.evidence);
    }
    return isOn
      ? fail(`${name} is on${unless(read)}.`, read.evidence, fix)
      : pass(`${name} is off${unless(read)}.`, read.evidence);
  });
  return outcomes;
}

const fix = 'Remove `debug=True`, and start with `--debug` in development only.';
