import type { Plain } from './download.ts';
import type { Found } from './found.ts';
import type { Load } from './shell-loads.ts';

/** What the rule reports for each kind of thing that is downloaded or sent without TLS. */
export const saidOf: Readonly<Record<(Plain | Load)['what'], Found>> = Object.freeze({
  program: { message: 'A program is downloaded without TLS.', confidence: 'high' },
  package: { message: 'A package is downloaded without TLS.', confidence: 'medium' },
  archive: { message: 'An archive is downloaded without TLS.', confidence: 'medium' },
  data: { message: 'A data archive is downloaded without TLS.', confidence: 'low' },
  credentials: { message: 'Credentials are sent without TLS.', confidence: 'high' },
  index: { message: 'Packages are downloaded from an index without TLS.', confidence: 'medium' },
  key: { message: 'A key that verifies packages is downloaded without TLS.', confidence: 'medium' },
  trusted: {
    message: 'Packages are downloaded from a host whose certificate is not verified.',
    confidence: 'medium',
  },
});
