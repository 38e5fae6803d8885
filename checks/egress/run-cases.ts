import { makeCertificate } from '../machine/certificate.ts';
import { runSealed } from '../machine/sealed.ts';
import { secureNamesOf } from './hops.ts';
import type { FrontEndCases, SealedCasesPlan, SealedCasesReport } from './sealed-cases.ts';

const program = new URL('./sealed-cases.ts', import.meta.url);

/** An address of each family, as the resolver leaves out the family that a machine does not have (AI_ADDRCONFIG). */
export const sealedAddresses: readonly string[] = ['93.184.215.14/32', '2606:2800:21f::1/128'];

/** Runs cases through front ends, one after the other, in one sealed network. */
export async function runCases(
  plans: readonly FrontEndCases[],
  timeoutMs: number = 300_000 * plans.length,
): Promise<SealedCasesReport> {
  const certificate = makeCertificate([
    'sealed.example',
    ...secureNamesOf(plans.flatMap(({ cases }) => cases)),
  ]);
  try {
    const { key, cert, file } = certificate;
    const plan: SealedCasesPlan = { plans, tls: { key, cert } };
    // Nothing of this machine's own proxies: they would be the only way out.
    const env = {
      NODE_EXTRA_CA_CERTS: file,
      HTTP_PROXY: '',
      HTTPS_PROXY: '',
      http_proxy: '',
      https_proxy: '',
    };
    return (await runSealed(
      program,
      { addresses: sealedAddresses },
      plan,
      env,
      timeoutMs,
    )) as SealedCasesReport;
  } finally {
    certificate.remove();
  }
}
