/**
 * Looks at `docs_url`, `redoc_url` and `openapi_url` of `FastAPI(...)`. By default `/docs`, `/redoc` and `/openapi.json` are open to
 * everybody. Many APIs are described in public: therefore this is advice.
 *
 * ## Why
 * A description of all routes, those of administrators included, saves an attacker the search.
 *
 * ## Passes
 * `openapi_url` is `None`.
 *
 * ## Fails
 * The description is served.
 *
 * ## Unknown
 * The setting is computed, read from the environment without a default, set behind a condition that files do not decide, or the
 * application is made in a way that was not understood.
 *
 * ## How to fix
 * ```python
 * app = FastAPI(openapi_url=None)
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { appCheck, readValue, unless } from '../../../python/app/app-check.ts';
import type { PythonApp } from '../../../python/app/find-apps.ts';

export const check: Check = appCheck({
  id: 'python/fastapi-docs',
  framework: 'fastapi',
  aspect: 'server/hardening',
  title: 'The pages of the API description are off in production, or meant to be public.',
  why: 'They list every route and every parameter.',
  severity: 'low',
  cwe: [200],
  asvs: ['13.4.5'],
  weight: 'note',
  judge,
});

function judge({ object, framework }: PythonApp): readonly Outcome[] {
  if (!object.path.endsWith('.FastAPI')) return [];
  const read = readValue(
    object.given.named.get('openapi_url'),
    object.given.isOpen ? undefined : '/openapi.json',
    object,
  );
  if (read.plain === undefined)
    return [unknown(`Whether ${framework} serves its description is not known.`, fix, read.evidence)];
  return [
    read.plain === null || read.plain === ''
      ? pass('The description of the API is off.', read.evidence)
      : fail(`The description of the API is served${unless(read)}.`, read.evidence, fix),
  ];
}

const fix = 'app = FastAPI(openapi_url=None)';
