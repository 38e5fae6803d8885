import { Command, Option } from 'commander';
import { DbMistake, dbMistakeText } from '../db/mistake.ts';

/** `bulwark sql types`: the tables of a database as definitions for `bulwark/sql`. */
export function sqlCommand(): Command {
  return new Command('sql').description('tools for bulwark/sql').addCommand(typesCommand());
}

function typesCommand(): Command {
  return new Command('types')
    .description('generate a TypeScript file of sql.table definitions from a database')
    .argument('<url>', 'postgres://user@host/database, mysql://..., or sqlite:FILE')
    .addOption(
      new Option('--schema <name>', 'PostgreSQL: a schema; repeatable')
        .argParser((name: string, before: readonly string[]) => [...before, name])
        .default([], 'public'),
    )
    .option('--out <file>', 'write to this file instead of standard output')
    .option('--check', 'write nothing; exit with 1 if the file differs from the database')
    .option('--password-file <path>', 'a file that holds the password for the URL')
    .action(async (url: string, options: TypesOptions) => {
      try {
        const { sqlTypes } = await import('../sql/sql-types.ts');
        const { stdout, stderr, exitCode } = await sqlTypes({
          url,
          ...options,
          check: options.check === true,
        });
        process.stdout.write(stdout);
        process.stderr.write(stderr);
        process.exitCode = exitCode;
      } catch (error) {
        if (!(error instanceof DbMistake)) throw error;
        process.stderr.write(dbMistakeText(error));
        process.exitCode = 2;
      }
    });
}

interface TypesOptions {
  readonly schema: readonly string[];
  readonly out?: string;
  readonly check?: boolean;
  readonly passwordFile?: string;
}
