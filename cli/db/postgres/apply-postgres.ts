import { saidBy } from '../connection-mistake.ts';
import type { Section } from '../harden-options.ts';
import { DbMistake } from '../mistake.ts';
import { printable } from '../printable.ts';
import type { Target } from '../target.ts';
import { connectPostgres, postgresVersion } from './connect.ts';

/** Runs the sections in one transaction: all of it, or nothing. Returns what was done, for a person. */
export async function applyPostgres(target: Target, sections: readonly Section[]): Promise<string> {
  const client = await connectPostgres(target);
  const notices: string[] = [];
  client.on('notice', ({ severity, message }) => {
    if (severity === 'WARNING' && notices.length < 100)
      notices.push(`warning: ${printable(message ?? '')}\n`);
  });
  let title = '';
  try {
    await postgresVersion(client);
    await client.query('begin');
    const done: string[] = [];
    for (const section of sections) {
      title = section.title;
      const statements = section.statements.filter((statement) => !statement.startsWith('--'));
      for (const statement of statements) await client.query(statement);
      if (statements.length > 0) done.push(`done: ${title} (${statements.length} statements)\n`);
    }
    await client.query('commit');
    return `${done.join('')}${notices.join('')}Committed.\n`;
  } catch (error) {
    if (error instanceof DbMistake) throw error;
    throw new DbMistake(
      'db/apply',
      `In "${title}": ${saidBy(target, error)}`,
      'Nothing was changed, as everything runs in one transaction.',
      'Apply it as a superuser, or as a member of the owner and of each role. Or edit the SQL that is printed without --apply.',
    );
  } finally {
    await client.end().catch(() => {});
  }
}
