/** The statements for a table, whose name was checked. Times are milliseconds of the server's clock. */
export interface Statements {
  /** Each by itself: a statement with parameters is only one. */
  readonly create: readonly string[];
  readonly count: string;
  readonly giveBack: string;
  readonly clear: string;
  readonly sweep: string;
}

const now = '(extract(epoch from clock_timestamp()) * 1000)::bigint';

export function statements(table: string): Statements {
  return {
    create: [
      `create unlogged table if not exists ${table}
        (key text primary key, used bigint not null, ends_at bigint not null)`,
      // For the deletion of what is over. Counting does not change it, so rows are updated in place.
      `create index if not exists ${table.replace(/^.*\./, '')}_ends_at on ${table} (ends_at)`,
    ],
    // The row is locked by `on conflict`, also where the condition then leaves it as it is: parallel statements come one after the other.
    count: `with counted as (
        insert into ${table} as c (key, used, ends_at)
        select $1::text, $2::bigint, ${now} + $3::bigint where $2::bigint <= $4::bigint
        on conflict (key) do update set
          used = case when c.ends_at <= ${now} then excluded.used else c.used + excluded.used end,
          ends_at = case when c.ends_at <= ${now} then excluded.ends_at else c.ends_at end
        where c.ends_at <= ${now} or c.used + excluded.used <= $4::bigint
        returning used, ends_at)
      select true as taken, used, ends_at - ${now} as left from counted
      union all
      select false, coalesce(max(used), 0), coalesce(max(ends_at) - ${now}, $3::bigint)
      from ${table} where key = $1::text and not exists (select 1 from counted)
      order by taken desc limit 1`,
    giveBack: `with kept as (
        select key, least(used, $2::bigint) as points from ${table}
        where key = $1::text and ends_at > ${now} and ends_at <= ${now} + $3::bigint for update)
      update ${table} c set used = c.used - kept.points from kept where c.key = kept.key returning kept.points`,
    clear: `delete from ${table} where key = $1::text
      returning case when ends_at > ${now} then used else 0 end as points`,
    sweep: `delete from ${table} where key in
      (select key from ${table} where ends_at <= ${now} limit 5000 for update skip locked)`,
  };
}
