import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const present = (path: string): string | undefined =>
  process.platform === 'linux' && existsSync(path) ? path : undefined;

/** What the shop runs, as far as this machine has it: tar is GNU's, as Linux has it. */
export const programs: Readonly<Record<'invoice' | 'tar' | 'prlimit', string | undefined>> = {
  invoice: present('/bin/sh') && fileURLToPath(new URL('./programs/print-invoice', import.meta.url)),
  tar: present('/usr/bin/tar'),
  /** Not run by the shop itself: bulwark limits what unpacks archives by it. */
  prlimit: present('/usr/bin/prlimit'),
};
