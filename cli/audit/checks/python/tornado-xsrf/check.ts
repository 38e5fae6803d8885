/**
 * Looks at `xsrf_cookies` of `tornado.web.Application(...)`, if the application signs cookies. The default is off.
 *
 * ## Why
 * Browsers send the session cookie with requests that other sites make. With `xsrf_cookies=True`, Tornado refuses those that lack
 * the token.
 *
 * ## Passes
 * `xsrf_cookies` is on.
 *
 * ## Fails
 * It is off, or not given.
 *
 * ## Unknown
 * The setting is computed, read from the environment without a default, set behind a condition that files do not decide, or the
 * application is made in a way that was not understood.
 *
 * ## How to fix
 * ```python
 * application = tornado.web.Application(handlers, xsrf_cookies=True)
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { appCheck, unless } from '../../../python/app/app-check.ts';
import type { PythonApp } from '../../../python/app/find-apps.ts';
import { tornadoSetting } from '../../../python/app/tornado-setting.ts';
import { truthOf } from '../../../python/operators.ts';

export const check: Check = appCheck({
  id: 'python/tornado-xsrf',
  framework: 'tornado',
  aspect: 'cookies/session',
  title: 'Tornado refuses requests that other sites make.',
  why: 'Another site can send requests in the name of a user who has logged in.',
  severity: 'high',
  cwe: [352],
  asvs: ['3.5.1'],
  weight: 'part',
  judge,
});

function judge(app: PythonApp): readonly Outcome[] {
  const secret = tornadoSetting(app, 'cookie_secret', null);
  if (secret.plain === null && secret.reason === '') return [];
  const read = tornadoSetting(app, 'xsrf_cookies', false);
  const isOn = read.plain === undefined ? undefined : truthOf(read.plain);
  if (isOn === undefined)
    return [unknown(`Whether xsrf_cookies is on is not known: ${read.reason}.`, fix, read.evidence)];
  return [
    isOn
      ? pass(`xsrf_cookies is on${unless(read)}.`, read.evidence)
      : fail(`xsrf_cookies is off${unless(read)}.`, read.evidence, fix),
  ];
}

const fix = 'xsrf_cookies=True';
