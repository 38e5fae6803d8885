import type { HardenOptions } from '../../cli/db/harden-options.ts';

/** What `bulwark db harden` takes by default, and nobody named yet. */
export const noHardening: HardenOptions = {
  dialect: 'postgres',
  database: undefined,
  schema: [],
  owner: undefined,
  readOnly: [],
  readWrite: [],
  host: [],
  readOnlyPassword: undefined,
  readWritePassword: undefined,
  statementTimeout: '30s',
  lockTimeout: '10s',
  idleTimeout: '60s',
  sessionTimeout: '1h',
  revokeSetConfig: false,
  rowSecurity: undefined,
  table: undefined,
  column: undefined,
};
