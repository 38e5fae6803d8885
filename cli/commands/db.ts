import { Command } from 'commander';
import { DbMistake, dbMistakeText } from '../db/mistake.ts';

/** `bulwark db harden` and `bulwark db audit`: database rights that limit the damage when the code fails. */
export function dbCommand(): Command {
  return new Command('db')
    .description('generate least-privilege SQL, and audit a database for weaknesses')
    .addCommand(hardenCommand())
    .addCommand(auditCommand());
}

function hardenCommand(): Command {
  const command = new Command('harden').description(
    'print SQL that restricts an application to its own tables; nothing is changed without --apply',
  );
  every(command, '--read-only <role>', 'a role that only reads; repeatable');
  every(command, '--read-write <role>', 'a role that reads and writes rows; repeatable');
  every(command, '--schema <name>', 'PostgreSQL: a schema of the application (default: public); repeatable');
  every(command, '--host <host>', 'MariaDB: where the accounts connect from, such as 10.2.0.%; repeatable');
  command
    .requiredOption('--dialect <name>', 'postgres or mariadb')
    .option('--database <name>', 'the database (with --apply: the one in the URL)')
    .option('--owner <role>', 'the role that owns the tables, for migrations only')
    .option('--read-only-password <source>', 'env:NAME or file:PATH; without it, the password stays as it is')
    .option('--read-write-password <source>', 'the same for the read-write roles')
    .option('--statement-timeout <time>', 'the maximum time for a statement', '30s')
    .option('--lock-timeout <time>', 'the maximum wait for a lock', '10s')
    .option('--idle-timeout <time>', 'the maximum idle time inside a transaction', '60s')
    .option('--session-timeout <time>', 'the maximum idle time outside a transaction', '1h')
    .option('--revoke-set-config', 'PostgreSQL: also revoke set_config from PUBLIC')
    .option(
      '--row-security <kind>',
      'PostgreSQL: add a policy (role, mapping or token) for --table and --column',
    )
    .option('--table <schema.table>', 'the table that the policy protects')
    .option('--column <name>', 'the column that holds the tenant')
    .option('--apply <url>', 'apply the SQL to this database, as an administrator')
    .option('--password-file <path>', 'a file that holds the password for the URL')
    .option('--dry-run', 'print the SQL without applying it');
  return command.action(async (options: Record<string, unknown>) => {
    const one = (name: string): string | undefined => options[name] as string | undefined;
    const many = (name: string): readonly string[] => (options[name] as string[] | undefined) ?? [];
    await run(async () => {
      const { harden } = await import('../db/harden.ts');
      const text = await harden(
        {
          dialect: one('dialect') ?? '',
          database: one('database'),
          schema: many('schema'),
          owner: one('owner'),
          readOnly: many('readOnly'),
          readWrite: many('readWrite'),
          host: many('host'),
          readOnlyPassword: one('readOnlyPassword'),
          readWritePassword: one('readWritePassword'),
          statementTimeout: one('statementTimeout') ?? '',
          lockTimeout: one('lockTimeout') ?? '',
          idleTimeout: one('idleTimeout') ?? '',
          sessionTimeout: one('sessionTimeout') ?? '',
          revokeSetConfig: options['revokeSetConfig'] === true,
          rowSecurity: one('rowSecurity'),
          table: one('table'),
          column: one('column'),
        },
        { apply: one('apply'), passwordFile: one('passwordFile'), dryRun: options['dryRun'] === true },
      );
      return { text, exitCode: 0 };
    });
  });
}

function auditCommand(): Command {
  return new Command('audit')
    .description(
      "connect as the application's role, and report each weakness with the statement that fixes it",
    )
    .argument(
      '<url>',
      'postgres://shop_rw@db.example.com/shop or mysql://...; TLS is verified unless sslmode says otherwise',
    )
    .option('--admin-url <url>', 'an administrator of the same server, for checks that need one')
    .option(
      '--password-file <path>',
      'a file that holds the password; otherwise the URL, PGPASSWORD or MYSQL_PWD is used',
    )
    .option('--format <name>', 'text or json', 'text')
    .option(
      '--fail-on <severity>',
      'exit with 1 from this severity on: low, medium, high or critical',
      'medium',
    )
    .action(async (url: string, options: Record<string, string | undefined>) => {
      await run(async () => {
        const { audit } = await import('../db/audit.ts');
        return await audit({
          url,
          adminUrl: options['adminUrl'],
          passwordFile: options['passwordFile'],
          format: options['format'] ?? '',
          failOn: options['failOn'] ?? '',
        });
      });
    });
}

/** Collects every value of a repeatable option. By default, commander silently keeps only the last one. */
function every(command: Command, flags: string, description: string): void {
  command.option(flags, description, (value: string, before: readonly string[] = []) => [...before, value]);
}

async function run(make: () => Promise<{ readonly text: string; readonly exitCode: number }>): Promise<void> {
  try {
    const { text, exitCode } = await make();
    process.stdout.write(text);
    process.exitCode = exitCode;
  } catch (error) {
    if (!(error instanceof DbMistake)) throw error;
    process.stderr.write(dbMistakeText(error));
    process.exitCode = 2;
  }
}
