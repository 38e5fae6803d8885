/**
 * Looks at `debug` of `FastAPI(...)` and `Starlette(...)`. The default is off.
 *
 * ## Why
 * In debug mode an error is answered with the stack and the code around it.
 *
 * ## Passes
 * `debug` is off or not given.
 *
 * ## Fails
 * It is on, or on by default.
 *
 * ## Unknown
 * The setting is computed, read from the environment without a default, set behind a condition that files do not decide, or the
 * application is made in a way that was not understood.
 *
 * ## How to fix
 * ```python
 * app = FastAPI()
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { appCheck, readValue, unless } from '../../../python/app/app-check.ts';
import type { PythonApp } from '../../../python/app/find-apps.ts';
import { truthOf } from '../../../python/operators.ts';

export const check: Check = appCheck({
  id: 'python/fastapi-debug',
  framework: 'fastapi',
  aspect: 'errors/debug',
  title: 'Debug mode of FastAPI and Starlette is off.',
  why: 'Error pages show code and the values of variables.',
  severity: 'high',
  cwe: [489, 215],
  asvs: ['13.4.2'],
  judge,
});

function judge(app: PythonApp): readonly Outcome[] {
  const { given, fields } = app.object;
  const read = readValue(
    fields.get('debug') ?? given.named.get('debug'),
    given.isOpen ? undefined : false,
    app.object,
  );
  const isOn = read.plain === undefined ? undefined : truthOf(read.plain);
  if (isOn === undefined) return [unknown('Whether debug mode is on is not known.', fix, read.evidence)];
  return [
    isOn
      ? fail(`Debug mode is on${unless(read)}.`, read.evidence, fix)
      : pass(`Debug mode is off${unless(read)}.`, read.evidence),
  ];
}

const fix = 'Remove `debug=True`.';
