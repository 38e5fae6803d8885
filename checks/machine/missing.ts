import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../repository.ts';
import { chromiumPath, findPostgresProgram, findProgram, isExecutable } from './program.ts';

export type Service =
  | ('postgres' | 'pgbouncer' | 'mariadb' | 'redis' | 'chromium' | 'sqlmap' | 'clamd')
  | ('imagemagick' | 'nginx' | 'zip' | 'unzip' | 'django')
  // Packages with a folder and a lock of their own, which install.sh installs.
  | ('next' | 'workerd');

/**
 * Why a suite that needs `service` cannot run here, or undefined when it can. Give the reason in the suite's name, so
 * that the list of skipped suites at the end of the run tells it.
 *
 * @example
 * ```ts
 * import { describe } from 'vitest';
 * import { missing } from '../checks/machine/missing.ts';
 *
 * const reason = missing('postgres');
 * describe.skipIf(reason)(`against PostgreSQL${reason ? `: ${reason}` : ''}`, () => {});
 * ```
 */
export function missing(service: Service): string | undefined {
  switch (service) {
    case 'postgres':
      return absent(['initdb', 'postgres'], findPostgresProgram);
    case 'pgbouncer':
      return absent(['pgbouncer'], findProgram);
    case 'mariadb':
      return absent(['mariadbd', 'mariadb-install-db'], findProgram);
    case 'redis':
      return absent(['redis-server'], findProgram);
    case 'sqlmap':
      return absent(['sqlmap'], findProgram);
    case 'clamd':
      return absent(['clamd'], findProgram);
    case 'imagemagick':
      return absent(['magick'], findProgram);
    case 'nginx':
    case 'zip':
    case 'unzip':
      return absent([service], findProgram);
    case 'django':
      return hasDjango() ? undefined : 'python3-django is not installed';
    case 'next':
    case 'workerd':
      return existsSync(join(root, 'checks', service, 'node_modules'))
        ? undefined
        : `the packages of checks/${service} are not installed`;
    case 'chromium':
      return isExecutable(chromiumPath()) ? undefined : `${chromiumPath()} is not installed`;
  }
}

function absent(names: string[], find: (name: string) => string | undefined): string | undefined {
  const name = names.find((program) => find(program) === undefined);
  return name === undefined ? undefined : `${name} is not installed`;
}

function hasDjango(): boolean {
  return spawnSync('/usr/bin/python3', ['-c', 'import django'], { stdio: 'ignore' }).status === 0;
}
