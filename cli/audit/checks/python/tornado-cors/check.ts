/**
 * Looks for headers of CORS in the code of applications of Tornado, which sends none by itself.
 *
 * ## Why
 * With `Access-Control-Allow-Origin`, other sites may read the responses. With credentials too, they read those of users who have logged
 * in.
 *
 * ## Passes
 * Nothing in the project names the header, and no package for it is imported.
 *
 * ## Fails
 * Code of the project answers with the origin of the request, whatever it is; or allows all origins in an application that signs cookies.
 *
 * ## Unknown
 * Code of the project sends such headers in another way.
 *
 * ## How to fix
 * ```python
 * self.set_header('Access-Control-Allow-Origin', 'https://app.shop.example')
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { appCheck } from '../../../python/app/app-check.ts';
import { fileWith } from '../../../python/app/extension.ts';
import type { PythonApp } from '../../../python/app/find-apps.ts';
import { tornadoSetting } from '../../../python/app/tornado-setting.ts';
import { corsHeader, headerSender } from '../../../python/header-sender.ts';
import { headerWrites } from '../../../python/header-writes.ts';
import { evidenceOf, ownOrigins } from '../../../python/own-headers.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = appCheck({
  id: 'python/tornado-cors',
  framework: 'tornado',
  aspect: 'cors/origins',
  title: 'Other origins may read only what Tornado means for them.',
  why: 'A page of any site can read what a user who has logged in sees.',
  severity: 'high',
  cwe: [942],
  asvs: ['3.4.2'],
  judge,
});

function judge(app: PythonApp, subject: Subject): readonly Outcome[] {
  const evidence = [{ ...app.object.spot }];
  const reflected = ownOrigins(subject, fix);
  if (reflected) return [reflected];
  const { writes, isWhole } = headerWrites(subject, 'access-control-allow-origin');
  const secret = tornadoSetting(app, 'cookie_secret', null);
  if (writes.some(({ value }) => value === '*') && secret.plain !== null)
    return [
      fail(
        'All origins are allowed, and the application signs cookies.',
        [...evidenceOf(writes), ...secret.evidence],
        fix,
      ),
    ];
  const isListed = writes.every(({ value }) => /^https?:\/\/[\w.-]+(:\d+)?$/.test(value ?? ''));
  if (writes.length > 0 && isWhole && isListed)
    return [pass('Only listed origins are allowed.', evidenceOf(writes))];
  const own = headerSender(subject, corsHeader) ?? fileWith(subject, /\btornado_?cors\b/i);
  if (own !== undefined)
    return [
      unknown(`The file ${own} sets headers of CORS itself.`, fix, [
        { path: own, text: 'Access-Control-Allow-Origin' },
      ]),
    ];
  return [pass('Nothing sends headers of CORS.', evidence)];
}

const fix = "self.set_header('Access-Control-Allow-Origin', 'https://app.shop.example')";
