import fc from 'fast-check';
import { makeCertificate } from '../machine/certificate.ts';
import { runSealed } from '../machine/sealed.ts';
import { fuzzDecision } from './fuzz-decision.ts';
import { hostSample } from './host-strings.ts';
import { sealedAddresses } from './run-cases.ts';
import type { SealedFuzzPlan, SealedFuzzReport } from './sealed-fuzz.ts';

/** The same samples every time; `npm run test:long` runs more of them. */
export const fuzzSeed = 20_261_124;

/** How many of the samples the decision allowed. Throws with the shrunk counterexample. */
export function fuzzDecisions(runs: number): number {
  let allowed = 0;
  fc.assert(
    fc.property(hostSample, (sample) => {
      const decided = fuzzDecision(sample);
      if (decided.wrong !== undefined) throw new Error(decided.wrong);
      if (decided.allowed) allowed++;
    }),
    { seed: fuzzSeed, numRuns: runs },
  );
  return allowed;
}

/** The same samples, connected to in a sealed network. */
export async function fuzzConnections(runs: number): Promise<SealedFuzzReport> {
  const certificate = makeCertificate(['sealed.example']);
  try {
    const { key, cert } = certificate;
    const plan: SealedFuzzPlan = { seed: fuzzSeed, runs, tls: { key, cert } };
    const program = new URL('./sealed-fuzz.ts', import.meta.url);
    const network = { addresses: sealedAddresses };
    return (await runSealed(program, network, plan, {}, 1_200_000)) as SealedFuzzReport;
  } finally {
    certificate.remove();
  }
}
