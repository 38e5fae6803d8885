/**
 * Looks at `User=` of each service of systemd, with its drop-ins. What else restricts the service is shown.
 *
 * ## Why
 * A hole in a service that runs as root is one in the whole machine.
 *
 * ## Passes
 * `User=` names a user that is not root, or `DynamicUser=yes` makes one.
 *
 * ## Fails
 * It is root, or missing: services of the system run as root by default.
 *
 * ## Unknown
 * The user is a variable, or a part of the name of an instance (`%i`).
 *
 * ## How to fix
 * ```ini
 * [Service]
 * User=app
 * NoNewPrivileges=yes
 * ProtectSystem=strict
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import {
  isOn,
  lastValue,
  type ServiceUnit,
  serviceUnits,
  type UnitSetting,
} from '../../../files/systemd/read-units.ts';

const fix = 'Add to `[Service]`:\nUser=app\nNoNewPrivileges=yes\nProtectSystem=strict';

export const check: Check = {
  id: 'server/systemd-user',
  aspect: 'server/hardening',
  title: 'Services of systemd do not run as root.',
  why: 'A hole in a service that runs as root is one in the whole machine.',
  severity: 'medium',
  cwe: [250],
  asvs: ['13.2.2'],
  run: (subject) =>
    serviceUnits(subject)
      .filter(({ isOfUser }) => !isOfUser)
      .map(judge),
};

function judge({ path, settings }: ServiceUnit): Outcome {
  const user = lastValue(settings, 'User');
  const start = lastValue(settings, 'ExecStart');
  const shown = ({ key, value, line }: UnitSetting): Evidence => ({
    text: `${key}=${value}`.slice(0, 200),
    path,
    line,
  });
  const others = ['NoNewPrivileges', 'ProtectSystem', 'ProtectHome', 'PrivateTmp', 'CapabilityBoundingSet'];
  const also = others.flatMap((key) => lastValue(settings, key) ?? []).map(shown);
  const dynamic = lastValue(settings, 'DynamicUser');
  if (isOn(dynamic) && dynamic !== undefined)
    return pass('A service has a user of its own.', [shown(dynamic), ...also]);
  if (user === undefined || user.value === '')
    return fail(
      'A service runs as root: nothing names another user.',
      start === undefined ? [{ text: path, path, line: 1 }] : [shown(start)],
      fix,
    );
  if (/^(root|0)$/.test(user.value)) return fail('A service runs as root.', [shown(user)], fix);
  if (/[%$]/.test(user.value))
    return unknown('The user of a service is not written out.', fix, [shown(user)]);
  return pass('A service does not run as root.', [shown(user), ...also]);
}
