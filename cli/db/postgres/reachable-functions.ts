/** Functions of PostgreSQL and of its extensions that an application has no use for, by what they give. */

/** Files of the server: granted to nobody at first, but often to a role for reports. */
export const fileFunctions: readonly string[] = [
  ...['pg_read_file', 'pg_read_binary_file', 'pg_stat_file', 'lo_import', 'lo_export'],
  ...['pg_ls_dir', 'pg_ls_logdir', 'pg_ls_waldir', 'pg_ls_archive_statusdir', 'pg_ls_tmpdir'],
  ...[
    'pg_ls_logicalsnapdir',
    'pg_ls_logicalmapdir',
    'pg_ls_replslotdir',
    'pg_hba_file_rules',
    'pg_show_all_file_settings',
  ],
];

/** The server itself: restarts of its parts, its log, replication. */
export const serverFunctions: readonly string[] = [
  ...['pg_reload_conf', 'pg_rotate_logfile', 'pg_promote', 'pg_switch_wal'],
  ...['pg_create_restore_point', 'pg_backup_start', 'pg_backup_stop', 'pg_start_backup', 'pg_stop_backup'],
  ...['pg_wal_replay_pause', 'pg_wal_replay_resume', 'pg_log_backend_memory_contexts', 'pg_stat_reset'],
  ...['pg_stat_reset_shared', 'pg_replication_origin_create', 'pg_replication_origin_drop'],
];

/** They run the text of a query, inside of an expression: one injected place is enough for any SELECT. */
export const queryFunctions: readonly string[] = [
  ...['query_to_xml', 'query_to_xmlschema', 'query_to_xml_and_xmlschema'],
  ...[
    'cursor_to_xml',
    'cursor_to_xmlschema',
    'table_to_xml',
    'table_to_xmlschema',
    'table_to_xml_and_xmlschema',
  ],
  ...['schema_to_xml', 'schema_to_xmlschema', 'schema_to_xml_and_xmlschema'],
  ...['database_to_xml', 'database_to_xmlschema', 'database_to_xml_and_xmlschema', 'ts_stat'],
];

/** They write, whatever the grants on tables: a large object belongs to who makes it. */
export const largeObjectFunctions: readonly string[] = ['lo_creat', 'lo_create', 'lo_from_bytea'];

/** Extensions whose functions reach files, programs or other servers. */
export const reachingExtensions: readonly string[] = [
  'dblink',
  'file_fdw',
  'adminpack',
  'http',
  'pg_net',
  'plsh',
];
