import type { Plain } from './download.ts';
import type { Found } from './found.ts';
import type { Load } from './shell-loads.ts';

/** What is said of what is loaded. */
export const saidOf: Readonly<Record<(Plain | Load)['what'], Found>> = Object.freeze({
  program: { message: 'A program is loaded without TLS', confidence: 'high' },
  package: { message: 'A package is loaded without TLS', confidence: 'medium' },
  archive: { message: 'An archive is loaded without TLS', confidence: 'medium' },
  data: { message: 'An archive of data is loaded without TLS', confidence: 'low' },
  credentials: { message: 'Credentials are sent without TLS', confidence: 'high' },
  index: { message: 'Packages are loaded from an index without TLS', confidence: 'medium' },
  key: { message: 'A key by which packages are checked is loaded without TLS', confidence: 'medium' },
  trusted: {
    message: 'Packages are loaded from a host whose certificate is not checked',
    confidence: 'medium',
  },
});
