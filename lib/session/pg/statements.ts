import { mostSteps, racingMs, replacedMs } from '../session-store.ts';
import { quotedTable } from './session-table.ts';

/** The texts of all statements. Only the table's name varies; it is checked, and values are parameters. */
export interface Statements {
  readonly read: string;
  readonly touch: string;
  readonly create: string;
  readonly makeRoom: string;
  readonly replace: string;
  readonly patch: string;
  readonly successor: string;
  readonly remove: string;
  readonly removeAll: string;
  readonly list: string;
  readonly removeExpired: string;
}

const now = 'statement_timestamp()';
const live = `replaced_by is null and expires_at > ${now}`;

/** A number of milliseconds as an interval. */
const interval = (parameter: string): string => `${parameter}::float8 * interval '1 millisecond'`;
const milliseconds = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;
const stored = `user_id, data, version::float8 as version, ${milliseconds('created_at')} as created_at`;

/** Keys and values in bytes, as the other stores count them. */
const bytesOf = (data: string): string =>
  `(select coalesce(sum(octet_length(k) + octet_length(v)), 0) from jsonb_each_text(${data}) as e(k, v))`;

/** A replaced record keeps its row, so that a concurrent `revokeAll` finds it under its new key. */
export function statementsOf(table: string): Statements {
  const t = quotedTable(table);
  const after = '(data - $3::text[]) || $2::jsonb';
  const begun = `case when user_id is distinct from $3 and user_id is not null then '{}'::jsonb else data end || $4::jsonb`;
  return {
    read: `select ${stored}, replaced_by is not null as replaced,
        seen_at <= ${now} - ${interval('$3')} as stale
      from ${t} where key = $1 and expires_at > ${now}
        and created_at + case when replaced_by is null then ${interval('$2')} else ${interval(`${racingMs}`)} end > ${now}`,
    touch: `update ${t} set seen_at = ${now},
        expires_at = least(${now} + ${interval('$2')}, created_at + ${interval('$3')})
      where key = $1 and ${live}`,
    create: `insert into ${t} (key, user_id, data, user_agent, address, created_at, seen_at, expires_at)
      values ($1, $2, $3::jsonb, $4, $5, ${now}, ${now}, ${now} + ${interval('$6')})
      returning ${milliseconds('created_at')} as created_at`,
    makeRoom: `delete from ${t} where key in (
        select key from ${t} where user_id = $1 and ${live} and key <> $2 order by seen_at desc offset $3::int
      )`,
    replace: `with moved as (
        update ${t} set key = $2, version = version + 1, user_agent = $7, address = $8,
          user_id = case when $5 then $3 else user_id end,
          data = case when $5 then ${begun} else data end,
          created_at = case when $5 then ${now} else created_at end,
          seen_at = case when $5 then ${now} else seen_at end,
          expires_at = case when $5 then ${now} + ${interval('$9')} else expires_at end
        where key = $1 and ${live} and (not $5 or ${bytesOf(`(${begun})`)} <= $6::int)
        returning *
      ), marked as (
        insert into ${t} (key, replaced_by, created_at, seen_at, expires_at)
        select $1, $2, ${now}, ${now}, ${now} + interval '${replacedMs} milliseconds' from moved
      )
      select ${stored} from moved`,
    patch: `update ${t} set data = ${after}, version = version + 1, token = $6
      where key = $1 and ${live} and ($4::float8 is null or version = $4::float8)
        and (${bytesOf(`(${after})`)} <= $5::int or ${bytesOf(`(${after})`)} <= ${bytesOf('data')})`,
    successor: `select replaced_by, version::float8 as version, token from ${t} where key = $1 and expires_at > ${now}`,
    remove: `delete from ${t} where key = $1 and ${live} and ($2::text is null or user_id = $2)`,
    removeAll: `delete from ${t} where user_id = $1 and ${live} and ($2::text is null or key <> all (array(
        with recursive own (key, step) as (
          select $2::text, 1
          union all
          select next.replaced_by, own.step + 1 from own join ${t} next on next.key = own.key
          where next.replaced_by is not null and next.expires_at > ${now} and own.step < ${mostSteps}
        ) select key from own
      )))`,
    list: `select key, ${milliseconds('created_at')} as created_at, ${milliseconds('seen_at')} as seen_at,
        user_agent, address from ${t} where user_id = $1 and ${live} order by seen_at desc limit $2::int`,
    removeExpired: `delete from ${t} where ctid in (
        select ctid from ${t} where expires_at <= ${now} order by expires_at limit $1::int for update skip locked
      )`,
  };
}
