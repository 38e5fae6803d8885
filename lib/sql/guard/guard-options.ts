import type { ModeOptions } from '../../internal/mode.ts';
import type { ServerModes } from '../lex/rules.ts';

/** What the guards of SQL clients take: `mode` and `until` of report mode, and this. */
export type GuardOptions = ModeOptions & {
  /** Plain objects are values, as for JSON columns of PostgreSQL. False by default: they are refused. */
  readonly jsonObjects?: boolean;
  /** Texts of several statements pass outside of requests, as migrations need it. False by default. */
  readonly scripts?: boolean;
};

/** For MySQL and MariaDB: the modes of the server (`sql_mode`) that change where a literal ends. Both off by default. */
export type MysqlGuardOptions = GuardOptions & ServerModes;
