/**
 * Looks at `cookie_secret` of `tornado.web.Application(...)`.
 *
 * ## Why
 * A key in the code is known to everybody who has the code, and stays in the history of the repository.
 *
 * ## Passes
 * It is read from the environment, without a default.
 *
 * ## Fails
 * It is a text in the code, or such a text is the default.
 *
 * ## Unknown
 * The setting is computed, read from the environment without a default, set behind a condition that files do not decide, or the
 * application is made in a way that was not understood.
 *
 * ## How to fix
 * ```python
 * application = tornado.web.Application(handlers, cookie_secret=os.environ['COOKIE_SECRET'])
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { appCheck, unless } from '../../../python/app/app-check.ts';
import type { PythonApp } from '../../../python/app/find-apps.ts';
import { tornadoSetting } from '../../../python/app/tornado-setting.ts';

export const check: Check = appCheck({
  id: 'python/tornado-cookie-secret',
  framework: 'tornado',
  aspect: 'secrets/tree',
  title: 'The key of signed cookies is not written in the code.',
  why: 'Whoever reads the code can forge every signed cookie.',
  severity: 'high',
  cwe: [321, 798],
  asvs: ['13.3.1'],
  weight: 'part',
  judge,
});

function judge(app: PythonApp): readonly Outcome[] {
  const read = tornadoSetting(app, 'cookie_secret', null);
  if (read.plain === null) return [];
  if (typeof read.plain === 'string')
    return [fail(`The key is written in the code${unless(read)}.`, read.evidence, fix)];
  if (/read from the environment/.test(read.reason))
    return [pass('The key is read from the environment.', read.evidence)];
  return [unknown('Where the key comes from is not known.', fix, read.evidence)];
}

const fix = "cookie_secret=os.environ['COOKIE_SECRET']";
