/**
 * Looks at `SECRET_KEY` of Flask's configuration, with which it signs sessions.
 *
 * ## Why
 * A key in the code is known to everybody who has the code, and stays in the history of the repository.
 *
 * ## Passes
 * It is read from the environment or a file, without a default.
 *
 * ## Fails
 * It is a text in the code, or such a text is the default.
 *
 * ## Unknown
 * It is computed, or set behind a condition.
 *
 * ## How to fix
 * ```python
 * app.config['SECRET_KEY'] = os.environ['SECRET_KEY']
 * ```
 * and give the environment of production a new key, which this command prints:
 * ```sh
 * python -c 'import secrets; print(secrets.token_hex(32))'
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { appCheck, readValue, unless } from '../../../python/app/app-check.ts';
import type { PythonApp } from '../../../python/app/find-apps.ts';
import { isType } from '../../../python/value.ts';

export const check: Check = appCheck({
  id: 'python/flask-secret-key',
  framework: 'flask',
  aspect: 'secrets/tree',
  title: 'The secret key of Flask is not written in the code.',
  why: 'Whoever reads the code can forge every session.',
  severity: 'high',
  cwe: [321, 798],
  asvs: ['13.3.1'],
  weight: 'part',
  judge,
});

function judge(app: PythonApp): readonly Outcome[] {
  const config = app.object.fields.get('config')?.[0].plain;
  const value = isType(config, 'dict') ? config.entries.get('SECRET_KEY') : undefined;
  if (!value) return [];
  const read = readValue(value, undefined, app.object);
  const texts = value.filter(({ plain }) => typeof plain === 'string' && plain !== '');
  if (texts.length === value.length)
    return [fail(`The secret key is written in the code${unless(read)}.`, read.evidence, fix)];
  const isRead = value.every(
    ({ plain, reason, unset }) =>
      unset !== undefined || (plain === undefined && /read from the environment/.test(reason ?? '')),
  );
  if (isRead) return [pass('The secret key is read from the environment.', read.evidence)];
  return [unknown(`Where the secret key comes from is not known: ${read.reason}.`, fix, read.evidence)];
}

const fix = "app.config['SECRET_KEY'] = os.environ['SECRET_KEY']";
