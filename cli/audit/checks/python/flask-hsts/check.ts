/**
 * Looks at flask-talisman, which sends `Strict-Transport-Security` for a year unless it is told otherwise.
 *
 * ## Why
 * `Strict-Transport-Security` makes browsers use https by themselves, so that no later request goes over http.
 *
 * ## Passes
 * `Talisman(app)` is there, with `strict_transport_security` on and an age of at least 180 days; or a function of the
 * project with `@app.after_request` sends it with every response.
 *
 * ## Fails
 * It is switched off, or the age is less.
 *
 * ## Unknown
 * Nothing of both is there: a server in front may send it. Or an option is computed, or code sends it under a condition.
 *
 * ## How to fix
 * ```python
 * Talisman(app, strict_transport_security_max_age=31536000)
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { appCheck, readValue, unless } from '../../../python/app/app-check.ts';
import { extension, extensionEvidence } from '../../../python/app/extension.ts';
import type { PythonApp } from '../../../python/app/find-apps.ts';
import { truthOf } from '../../../python/operators.ts';
import { evidenceOf, ownHsts } from '../../../python/own-headers.ts';
import { ofDecorator } from '../../../python/sent-always.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = appCheck({
  id: 'python/flask-hsts',
  framework: 'flask',
  aspect: 'https/hsts',
  title: 'Flask sends HSTS for at least 180 days.',
  why: 'A later visit over http can be read and changed by whoever shares the network.',
  severity: 'medium',
  cwe: [319],
  asvs: ['3.4.1'],
  judge,
});

function judge(app: PythonApp, subject: Subject): readonly Outcome[] {
  const talisman = extension(app, 'Talisman');
  const own = talisman ? undefined : ownHsts(subject);
  if (own?.verdict === 'short')
    return [fail('HSTS lasts for less than 180 days.', evidenceOf(own.writes), fix)];
  if (own?.verdict === 'long' && own.writes.some(({ middleware }) => middleware === ofDecorator))
    return [pass('A function after every request sends HSTS for at least 180 days.', evidenceOf(own.writes))];
  if (own) {
    const summary = 'Code of the project sends HSTS, perhaps not with every response.';
    const outcome = unknown(summary, fix, evidenceOf(own.writes));
    return [own.verdict === 'long' ? { ...outcome, absent: 'perhaps' } : outcome];
  }
  if (!talisman)
    return [
      {
        ...unknown('Flask sends no HSTS by itself, and a server in front of it was not seen to.', fix, [
          { ...app.object.spot },
        ]),
        absent: true,
      },
    ];
  const isOn = readValue(
    talisman.named.get('strict_transport_security'),
    talisman.isOpen ? undefined : true,
    app.object,
  );
  const age = readValue(
    talisman.named.get('strict_transport_security_max_age'),
    talisman.isOpen ? undefined : 31_556_926,
    app.object,
  );
  const seen = [...extensionEvidence(app, 'Talisman'), ...isOn.evidence, ...age.evidence];
  if (isOn.plain === undefined || typeof age.plain !== 'number')
    return [unknown('Whether Talisman sends HSTS, and for how long, is not known.', fix, seen)];
  if (!truthOf(isOn.plain)) return [fail('HSTS is switched off.', seen, fix)];
  const days = Math.floor(age.plain / 86_400);
  return [
    days >= 180
      ? pass(`Talisman sends HSTS for ${days} days${unless(age)}.`, seen)
      : fail(`HSTS lasts for ${days} days only${unless(age)}.`, seen, fix),
  ];
}

const fix = 'Talisman(app, strict_transport_security_max_age=31536000)';
