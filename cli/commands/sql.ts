import { Command } from 'commander';
import { DbMistake, dbMistakeText } from '../db/mistake.ts';

/** `bulwark sql types`: the tables of a database as definitions for `bulwark/sql`. */
export function sqlCommand(): Command {
  return new Command('sql').description('help with bulwark/sql').addCommand(typesCommand());
}

function typesCommand(): Command {
  return new Command('types')
    .description('write the tables of a database as a TypeScript file of sql.table definitions')
    .argument('<url>', 'postgres://user@host/database, mysql://..., or sqlite:FILE')
    .option(
      '--schema <name>',
      'PostgreSQL: a schema, default public; repeat it for more',
      (name: string, before: readonly string[]) => [...before, name],
      [] as readonly string[],
    )
    .option('--out <file>', 'write it there, and print nothing')
    .option('--check', 'write nothing; end with 1 if the file differs from the database', false)
    .option('--password-file <path>', 'the file with the password of the URL')
    .action(async (url: string, options: TypesOptions) => {
      try {
        const { sqlTypes } = await import('../sql/sql-types.ts');
        const { stdout, stderr, exitCode } = await sqlTypes({ url, ...options });
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
  readonly check: boolean;
  readonly passwordFile?: string;
}
