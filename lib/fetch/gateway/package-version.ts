import { readFileSync } from 'node:fs';

/** The version of the package that this file is of, whether it was built or not. */
export function packageVersion(): string {
  for (const path of ['../../package.json', '../../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
      if (name === 'bulwark') return String(version);
    } catch {
      // The other one.
    }
  }
  return 'unknown';
}
