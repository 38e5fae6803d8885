/** What the language knows without a table. No application sorts by them. */
export const sessionWords: ReadonlySet<string> = new Set(
  (
    'current_user session_user system_user current_role current_catalog current_schema current_database current_date ' +
    'current_time current_timestamp localtime localtimestamp sysdate utc_date utc_time utc_timestamp'
  ).split(' '),
);
