import { Misuse } from '../refusal/misuse.ts';
import type { Database, ReadOnlyDatabase } from './database/database.ts';
import { isReadOnly, readOnly } from './databases-read-only.ts';

/** The handles of an application by their roles. What is called `readOnly` only reads. */
export type Databases<Handles> = {
  readonly [Role in keyof Handles]: Role extends 'readOnly' ? ReadOnlyDatabase : Handles[Role];
};

/**
 * The databases of an application by the role that each logs in with. `readOnly` is made a handle that only reads, if
 * it is not one yet; other roles stay what they are, and `readOnly(db)` makes more of that kind.
 *
 * @example
 * ```ts
 * import { databases, sql } from 'bulwark/sql';
 * import { database } from 'bulwark/sql/pg';
 * import pg from 'pg';
 *
 * const db = databases({
 *   readOnly: database(new pg.Pool({ user: 'shop_reader' })),
 *   readWrite: database(new pg.Pool({ user: 'shop_writer' })),
 * });
 * await db.readOnly.all(sql`select name from users`);
 * await db.readWrite.execute(sql`delete from users where id = ${7}`); // db.readOnly has no `execute`
 * ```
 */
export function databases<const Handles extends { readonly [role: string]: Database | ReadOnlyDatabase }>(
  handles: Handles,
): Databases<Handles> {
  const roles = Object.create(null) as Record<string, unknown>;
  for (const [role, handle] of Object.entries(handles)) {
    if (typeof handle?.all !== 'function' || typeof handle.transaction !== 'function') {
      throw new Misuse('bulwark/invalid-option', `The role ${role} takes a database.`);
    }
    const reads = role === 'readOnly' && !isReadOnly(handle);
    roles[role] = reads ? readOnly(handle as Database) : handle;
  }
  return Object.freeze(roles) as Databases<Handles>;
}
