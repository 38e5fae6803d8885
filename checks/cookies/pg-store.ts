import expressSession from 'express-session';
import type pg from 'pg';

/** Writes records as connect-pg-simple does: the JSON of the session, and an expiry by to_timestamp. */
export class PgStore extends expressSession.Store {
  readonly pool: pg.Pool;
  constructor(pool: pg.Pool) {
    super();
    this.pool = pool;
  }
  override get(
    id: string,
    callback: (error: unknown, session?: expressSession.SessionData | null) => void,
  ): void {
    this.pool
      .query('select sess from session where sid = $1 and expire >= to_timestamp($2)', [
        id,
        Date.now() / 1_000,
      ])
      .then(({ rows }) => callback(null, rows[0]?.sess ?? null), callback);
  }
  override set(id: string, session: expressSession.SessionData, callback?: (error?: unknown) => void): void {
    const expires = (Date.now() + (session.cookie.originalMaxAge ?? 86_400_000)) / 1_000;
    this.pool
      .query(
        `insert into session (sess, expire, sid) values ($1, to_timestamp($2), $3)
         on conflict (sid) do update set sess = $1, expire = to_timestamp($2)`,
        [session, expires, id],
      )
      .then(() => callback?.(), callback);
  }
  override destroy(id: string, callback?: (error?: unknown) => void): void {
    this.pool.query('delete from session where sid = $1', [id]).then(() => callback?.(), callback);
  }
}
