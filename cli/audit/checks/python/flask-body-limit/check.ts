/**
 * Looks at `MAX_CONTENT_LENGTH` of Flask's configuration. There is no limit by default. A server in front may have one, so this is
 * advice.
 *
 * ## Why
 * Flask reads a body as long as the client sends it.
 *
 * ## Passes
 * `MAX_CONTENT_LENGTH` is a number.
 *
 * ## Fails
 * It is not set.
 *
 * ## Unknown
 * The setting is computed, read from the environment without a default, set behind a condition that files do not decide, or the
 * application is made in a way that was not understood.
 *
 * ## How to fix
 * ```python
 * app.config['MAX_CONTENT_LENGTH'] = 16 * 1024 * 1024
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { appCheck, flaskSetting, unless } from '../../../python/app/app-check.ts';
import type { PythonApp } from '../../../python/app/find-apps.ts';

export const check: Check = appCheck({
  id: 'python/flask-body-limit',
  framework: 'flask',
  aspect: 'server/hardening',
  title: 'Flask limits the size of requests.',
  why: 'A request of any size fills memory or disk.',
  severity: 'low',
  cwe: [770],
  asvs: ['5.2.1'],
  weight: 'note',
  judge,
});

function judge(app: PythonApp): readonly Outcome[] {
  const read = flaskSetting(app, 'MAX_CONTENT_LENGTH', null);
  if (read.plain === undefined)
    return [unknown(`MAX_CONTENT_LENGTH is not known: ${read.reason}.`, fix, read.evidence)];
  return [
    typeof read.plain === 'number' && read.plain > 0
      ? pass(`MAX_CONTENT_LENGTH is ${read.plain}${unless(read)}.`, read.evidence)
      : fail('MAX_CONTENT_LENGTH is not set.', read.evidence, fix),
  ];
}

const fix = "app.config['MAX_CONTENT_LENGTH'] = 16 * 1024 * 1024";
