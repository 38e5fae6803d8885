import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { corpusCases } from './corpus-cases.ts';
import { type EgressCase, isAttack, readAttacks, readLegitimate } from './egress-case.ts';
import { hopsOf } from './hops.ts';

/** Those written without sight of the code, and the toolkit's own. */
export function allCases(): readonly EgressCase[] {
  const cases = [...readAttacks(), ...readLegitimate(), ...corpusCases()];
  return whyNoIpv6Certificates === undefined ? cases : cases.filter((one) => !needsIpv6Certificate(one));
}

/** Whether it is a legitimate request to `https://[...]`. */
export function needsIpv6Certificate(one: EgressCase): boolean {
  return (
    !isAttack(one) &&
    hopsOf(one).some(({ protocol, hostname }) => protocol === 'https:' && hostname.startsWith('['))
  );
}

/** Why those are left out: this Node cannot check such certificates, guard or none (nodejs/node#64144). */
export const whyNoIpv6Certificates: string | undefined = checkServerIdentity('::1', {
  subject: {},
  subjectaltname: 'IP Address:::1',
} as PeerCertificate)
  ? `Node ${process.version} refuses certificates for IPv6 addresses`
  : undefined;

/** Those that wait for a time limit of seconds: they are run by `npm run test:long`. */
export function isSlow(one: EgressCase): boolean {
  const waits = hopsOf(one).some(({ pathname }) => /^\/(?:never|slow-)/.test(pathname));
  return waits && (one.policy?.timeoutMs ?? 10_000) > 1_000;
}
