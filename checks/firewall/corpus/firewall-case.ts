export type Dialect = 'postgres' | 'mysql' | 'sqlite';

/** One query of one request, and what a firewall that knows the request should make of it. */
export interface FirewallCase {
  readonly id: string;
  readonly dialect: Dialect;
  readonly text: string;
  readonly values?: readonly unknown[];
  /** The strings that came with the request. */
  readonly inputs: readonly string[];
  readonly attack: boolean;
  readonly note: string;
  readonly source?: string;
  /** Good firewalls may differ on it: count it apart. */
  readonly debatable?: true;
}

/** A case with what its label is proven from. */
export interface ProvenCase extends FirewallCase {
  readonly family: string;
  /** What the application writes at the same place for a harmless value. */
  readonly twin: string;
  /** The server reads `\` in literals as it stands: MySQL's NO_BACKSLASH_ESCAPES. */
  readonly noBackslash?: true;
}

export type Draft = Omit<ProvenCase, 'id' | 'attack' | 'family'>;
