/** Where express-session keeps the records that are to be migrated. */
export interface OldStore {
  /** For messages and events, such as `connect-redis`. */
  readonly name: string;
  /** The record of an id, parsed; undefined if there is none or it has expired. Changes nothing. */
  read(id: string): Promise<unknown>;
  /** Deletes a record, and says whether this call did it. */
  remove(id: string): Promise<boolean>;
  /** True for stores that can't tell who deleted a record. They need `spent`. */
  readonly removesBlindly?: boolean;
}
