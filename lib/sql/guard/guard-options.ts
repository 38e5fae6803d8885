import type { ModeOptions } from '../../internal/mode.ts';
import type { ServerModes } from '../lex/rules.ts';

/** Options of the guards for SQL clients, with `mode` and `until` for report mode. */
export type GuardOptions = ModeOptions & {
  /** Accept plain objects as values, as for PostgreSQL's JSON columns. False by default: they are refused. */
  readonly jsonObjects?: boolean;
  /** Allow texts with several statements outside of requests, as migrations need. False by default. */
  readonly scripts?: boolean;
};

/** For MySQL and MariaDB: the server's modes (`sql_mode`) that change where a literal ends. Both off by default. */
export type MysqlGuardOptions = GuardOptions & ServerModes;
