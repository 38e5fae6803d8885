import type { Place, Weakness } from '../weakness.ts';
import type { MariadbRow } from './connect.ts';
import { type Account, accountName, identifier, literal } from './quote.ts';

/** What the checks know of the account that is looked at. */
export interface MariadbScene {
  readonly account: Account;
  readonly database: string;
  /** The account and its roles as information_schema writes them: `'shop_rw'@'10.2.0.%'`, `'reports'@''`. */
  readonly grantees: readonly string[];
  /** By a role's name, the roles granted to the account itself that bring it. */
  readonly roles: ReadonlyMap<string, readonly string[]>;
}

export interface MariadbCheck extends Weakness {
  /** One SELECT. `?` stands for the grantees, and may come more than once; `:database` for the database as a string. */
  readonly query: string;
  readonly as?: 'admin';
  /** True for what MySQL does not have. */
  readonly mariadb?: true;
  /** True where it is asked once more for each role that the account may set; so is every query with `?`. */
  readonly perRole?: true;
  /** Codes of errors that mean that there is none. */
  readonly none?: readonly string[];
  readonly place: (row: MariadbRow, scene: MariadbScene) => Place | undefined;
}

export function column(row: MariadbRow, name: string): string {
  return String(row[name] ?? '');
}

/**
 * What takes a right away: from the account where it was granted to that, else the role that brings it from the
 * account, since the role may have it of another one.
 */
export function revoke(right: string, row: MariadbRow, { account, roles }: MariadbScene): readonly string[] {
  const grantee = column(row, 'grantee');
  if (grantee === plainGrantee(account)) return [`revoke ${right} from ${accountName(account)};`];
  const role = grantee.slice(1, -"'@''".length);
  return (roles.get(role) ?? [role]).map((one) => `revoke ${identifier(one)} from ${accountName(account)};`);
}

/** As information_schema writes it: quotes in the name are left as they are. */
export function plainGrantee({ user, host }: Account): string {
  return `'${user}'@'${host}'`;
}

/** A line of the option file, for what no statement sets. */
export function optionFile(line: string): string {
  return `-- my.cnf, under [mariadbd], and a restart: ${line}`;
}

export const strings = (list: readonly string[]): string => list.map(literal).join(', ');
