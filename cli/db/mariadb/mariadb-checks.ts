import { accountChecks } from './account-checks.ts';
import { grantChecks } from './grant-checks.ts';
import type { MariadbCheck } from './mariadb-check.ts';
import { settingChecks } from './setting-checks.ts';

/** All that is looked for in MariaDB. */
export const mariadbChecks: readonly MariadbCheck[] = [...grantChecks, ...accountChecks, ...settingChecks];
