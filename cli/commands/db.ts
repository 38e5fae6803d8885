import { Command } from 'commander';
import { DbMistake, dbMistakeText } from '../db/mistake.ts';

/** `bulwark db harden` and `bulwark db audit`: a database that holds even when the code fails. */
export function dbCommand(): Command {
  return new Command('db')
    .description('write the SQL of least privilege, and report where a database lacks it')
    .addCommand(hardenCommand())
    .addCommand(auditCommand());
}

function hardenCommand(): Command {
  const command = new Command('harden').description(
    'print the SQL that leaves an application its tables and nothing else; nothing is changed without --apply',
  );
  every(command, '--read-only <role>', 'a role that reads; repeat it for more');
  every(command, '--read-write <role>', 'a role that reads and writes rows; repeat it for more');
  every(
    command,
    '--schema <name>',
    'PostgreSQL: a schema of the application, default public; repeat it for more',
  );
  every(
    command,
    '--host <host>',
    'MariaDB: from where the accounts come, such as 10.2.0.%; repeat it for more',
  );
  command
    .requiredOption('--dialect <name>', 'postgres or mariadb')
    .option('--database <name>', 'the database; with --apply, that of the URL')
    .option('--owner <role>', 'who owns the tables, for migrations only')
    .option(
      '--read-only-password <source>',
      'env:NAME or file:PATH; without it the password is left as it is',
    )
    .option('--read-write-password <source>', 'the same for the roles that write')
    .option('--statement-timeout <time>', 'the longest statement', '30s')
    .option('--lock-timeout <time>', 'the longest wait for a lock', '10s')
    .option('--idle-timeout <time>', 'the longest pause inside of a transaction', '60s')
    .option('--session-timeout <time>', 'the longest pause outside of one', '1h')
    .option('--revoke-set-config', 'PostgreSQL: take set_config from PUBLIC too', false)
    .option(
      '--row-security <kind>',
      'PostgreSQL: a policy by role, mapping or token, for --table and --column',
    )
    .option('--table <schema.table>', 'the table of that policy')
    .option('--column <name>', 'its column with the tenant')
    .option('--apply <url>', 'run it there, as an administrator')
    .option('--password-file <path>', 'the file with the password of that URL')
    .option('--dry-run', 'print it even so', false);
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
      'connect as the role of the application, and report each weakness with the statement that mends it',
    )
    .argument(
      '<url>',
      'postgres://shop_rw@db.example.com/shop or mysql://..., verified by TLS unless sslmode says otherwise',
    )
    .option('--admin-url <url>', 'an administrator of the same server, for what only that may see')
    .option(
      '--password-file <path>',
      "the file with the password of the URL; without it, the URL's, PGPASSWORD or MYSQL_PWD",
    )
    .option('--format <name>', 'text or json', 'text')
    .option('--fail-on <severity>', 'the least that ends with 1: low, medium, high or critical', 'medium')
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

/** Kept each time: commander's own way is that the last value wins, in silence. */
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
