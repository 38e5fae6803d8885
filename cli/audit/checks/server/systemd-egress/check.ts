/**
 * Looks at `IPAddressDeny=`, `IPAddressAllow=` and `PrivateNetwork=` of each service of systemd that has one of them.
 *
 * ## Why
 * With SSRF, or after a break-in, an application reaches whatever its network reaches.
 *
 * ## Passes
 * `IPAddressDeny=any` with no `IPAddressAllow=` of all addresses, or `PrivateNetwork=yes`; and every service has it.
 *
 * ## Fails
 * `IPAddressAllow=any` takes back what is denied: what is allowed takes precedence.
 *
 * ## Unknown
 * Only some addresses are denied, or only some services have it.
 *
 * ## How to fix
 * ```ini
 * [Service]
 * IPAddressDeny=any
 * IPAddressAllow=localhost
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import {
  allValues,
  isOn,
  lastValue,
  type ServiceUnit,
  serviceUnits,
} from '../../../files/systemd/read-units.ts';

const fix =
  'Add to `[Service]`:\nIPAddressDeny=any\nIPAddressAllow=localhost\nand the addresses that the service needs.';

export const check: Check = {
  id: 'server/systemd-egress',
  aspect: 'firewall/egress',
  title: 'Services of systemd are denied all addresses but those that they need.',
  why: 'With SSRF, or after a break-in, an application reaches whatever its network reaches.',
  severity: 'medium',
  cwe: [918, 923],
  asvs: ['13.2.4'],
  run: (subject) => {
    const units = serviceUnits(subject);
    const restricted = units.filter(
      ({ settings }) =>
        allValues(settings, 'IPAddressDeny').length > 0 || isOn(lastValue(settings, 'PrivateNetwork')),
    );
    if (restricted.length === 0) return [];
    const rest = units.filter((unit) => !restricted.includes(unit));
    const left = rest.map(({ path }): Evidence => ({ text: path, path, line: 1 }));
    return [
      ...restricted.map(judge),
      ...(left.length > 0 ? [unknown('Only some services are denied addresses.', fix, left)] : []),
    ];
  },
};

function judge({ path, settings }: ServiceUnit): Outcome {
  const alone = lastValue(settings, 'PrivateNetwork');
  const denied = allValues(settings, 'IPAddressDeny');
  const allowed = allValues(settings, 'IPAddressAllow');
  const evidence = [...denied, ...allowed].map(
    ({ key, value, line }): Evidence => ({ text: `${key}=${value}`, path, line }),
  );
  if (isOn(alone) && alone !== undefined)
    return pass('A service has no network.', [{ text: 'PrivateNetwork=yes', path, line: alone.line }]);
  const names = allowed.flatMap(({ value }) => value.split(/\s+/));
  if (names.some((name) => /^(any|0\.0\.0\.0\/0|::\/0)$/.test(name)))
    return fail(
      'A service is allowed all addresses, which takes precedence over what is denied.',
      evidence,
      fix,
    );
  const isAll = denied.some(
    ({ value }) =>
      value.split(/\s+/).includes('any') || /0\.0\.0\.0\/0.*::\/0|::\/0.*0\.0\.0\.0\/0/.test(value),
  );
  if (isAll) return pass('A service is denied all addresses but those that it needs.', evidence);
  return unknown('A service is denied some addresses.', fix, evidence);
}
