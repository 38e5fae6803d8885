/**
 * Looks at flask-talisman and Flask-SSLify. Talisman redirects unless `force_https=False`, and not in debug mode.
 *
 * ## Why
 * The first request of a browser often goes over http. If it is answered there, an attacker in the network sees it, and can change
 * the answer.
 *
 * ## Passes
 * `Talisman(app)` or `SSLify(app)` is there, and its redirect is not switched off.
 *
 * ## Fails
 * `force_https=False`.
 *
 * ## Unknown
 * Neither is there: a server in front may redirect. Or the option is computed.
 *
 * ## How to fix
 * ```python
 * from flask_talisman import Talisman
 * Talisman(app)
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { appCheck, readValue, unless } from '../../../python/app/app-check.ts';
import { extension, extensionEvidence } from '../../../python/app/extension.ts';
import type { PythonApp } from '../../../python/app/find-apps.ts';
import { truthOf } from '../../../python/operators.ts';

export const check: Check = appCheck({
  id: 'python/flask-https',
  framework: 'flask',
  aspect: 'https/redirect',
  title: 'Flask redirects requests over http to https.',
  why: 'Whoever shares a network with a user can read and change what is sent over http.',
  severity: 'high',
  cwe: [319],
  asvs: ['4.1.2', '12.2.1'],
  judge,
});

function judge(app: PythonApp): readonly Outcome[] {
  const evidence = [{ ...app.object.spot }];
  if (extension(app, 'SSLify')) return [pass('SSLify redirects to https.', extensionEvidence(app, 'SSLify'))];
  const talisman = extension(app, 'Talisman');
  if (!talisman)
    return [
      {
        ...unknown(
          'Flask does not redirect to https by itself, and a server in front of it was not seen to.',
          fix,
          evidence,
        ),
        absent: true,
      },
    ];
  const read = readValue(talisman.named.get('force_https'), talisman.isOpen ? undefined : true, app.object);
  const seen = [...extensionEvidence(app, 'Talisman'), ...read.evidence];
  if (read.plain === undefined)
    return [unknown('Whether Talisman redirects to https is not known.', fix, seen)];
  return [
    truthOf(read.plain)
      ? pass(`Talisman redirects to https${unless(read)}.`, seen)
      : fail('force_https is off.', seen, fix),
  ];
}

const fix = 'Talisman(app, force_https=True)';
