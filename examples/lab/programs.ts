import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const first = (...paths: readonly string[]): string | undefined =>
  process.platform === 'linux' ? paths.find((path) => existsSync(path)) : undefined;

/** What the shop runs, as far as this machine has it: tar is GNU's, as Linux has it. */
export const programs: Readonly<Record<'invoice' | 'tar' | 'prlimit', string | undefined>> = {
  invoice: first('/bin/sh') && fileURLToPath(new URL('./programs/print-invoice', import.meta.url)),
  tar: first('/usr/bin/tar', '/bin/tar'),
  /** Not run by the shop itself: bulwark limits what unpacks archives by it. */
  prlimit: first('/usr/bin/prlimit', '/bin/prlimit'),
};
