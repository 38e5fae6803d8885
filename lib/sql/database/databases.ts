import { Misuse } from '../../refusal/misuse.ts';
import type { Database, ReadOnlyDatabase } from './database.ts';
import { isReadOnly, readOnly } from './databases-read-only.ts';

/** An application's database handles by role. The one named `readOnly` can only read. */
export type Databases<Handles> = {
  readonly [Role in keyof Handles]: Role extends 'readOnly' ? ReadOnlyDatabase : Handles[Role];
};

/**
 * Groups an application's databases by the role that each logs in with. The handle named `readOnly` is made read-only, if
 * it isn't already. Other handles stay the same; use `readOnly(db)` for more read-only ones.
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
