import { type Fix, type Outcome, unknown } from '../../check/outcome.ts';
import { evidenceOfReading, nameOf } from '../app/evidence.ts';
import type { NodeApplication } from '../app/node-application.ts';

/** For an application of which no code was found that makes it: `express()`. */
export function noSite(application: NodeApplication, what: string, fix: string | readonly Fix[]): Outcome {
  const [framework = 'a framework'] = application.frameworks;
  return unknown(
    `${nameOf(application)} uses ${framework}, and the code that sets it up was not found, so that it is not known whether it has ${what}.`,
    fix,
    [evidenceOfReading(application), ...application.gaps.slice(0, 3).map((text) => ({ text }))],
  );
}
