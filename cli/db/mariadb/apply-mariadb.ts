import { saidBy } from '../connection-mistake.ts';
import type { Section } from '../harden-options.ts';
import { DbMistake } from '../mistake.ts';
import type { Target } from '../target.ts';
import { connectMariadb, rowsOf } from './connect.ts';

/** Runs the sections, statement by statement: MariaDB has no transaction for them. Returns what was done. */
export async function applyMariadb(target: Target, sections: readonly Section[]): Promise<string> {
  const connection = await connectMariadb(target);
  const done: string[] = [];
  let title = '';
  try {
    for (const section of sections) {
      title = section.title;
      for (const statement of section.statements) await rowsOf(connection, statement);
      if (section.statements.length > 0)
        done.push(`done: ${title} (${section.statements.length} statements)\n`);
    }
    return `${done.join('')}The lines for my.cnf were not applied.\n`;
  } catch (error) {
    throw new DbMistake(
      'db/apply',
      `In "${title}": ${saidBy(target, error)}`,
      done.length === 0
        ? 'Nothing was changed before it.'
        : 'Earlier statements stay applied, as MariaDB commits each one.',
      'Fix the cause and apply everything again. Repeating it is safe.',
    );
  } finally {
    connection.destroy();
  }
}
