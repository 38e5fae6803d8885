/**
 * Looks at the services of compose files that production may use, and at the role with which they log in to a PostgreSQL of the same
 * file: in a URL, or in a variable such as `PGUSER` or `DB_USER`. Services that migrate, back up or administer need more, and are left
 * out. What the role may do in a running database is shown by `bulwark db audit`.
 *
 * ## Why
 * `POSTGRES_USER` of the image is a superuser: it reads files of the server, runs programs there, and no policy of rows holds for it. One
 * injection then has the machine, and not only the tables of the application.
 *
 * ## Passes
 * Each service logs in with a role that a script or migration of the project makes, and doesn't make a superuser.
 *
 * ## Fails
 * A service logs in as `POSTGRES_USER`, or as `postgres` if that is not set.
 *
 * ## Unknown
 * The role is in a variable or a file of variables, no script that makes it was found, or no service was seen to log in.
 *
 * ## How to fix
 * Make a role in a script below `/docker-entrypoint-initdb.d`, and let the application use it:
 *
 * ```sql
 * create role shop login;
 * grant select, insert, update, delete on all tables in schema public to shop;
 * ```
 *
 * `bulwark db harden` writes such a script for a database.
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { composeView } from '../../../files/container/compose-file.ts';
import { databaseLogins } from '../../../files/container/database-logins.ts';
import { makersOf } from '../../../files/container/role-makers.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = {
  id: 'server/compose-database-role',
  aspect: 'server/hardening',
  title: 'No service of compose logs in to PostgreSQL as its superuser.',
  why: 'A superuser reads files and runs programs on the server of the database, and one injection is enough.',
  weight: 'part',
  severity: 'high',
  cwe: [250, 269],
  asvs: ['13.2.2'],
  run: (subject) => look(subject),
};

const fix =
  'Make a role for the application in a migration or an init script, without `superuser`, and name it in its URL: `bulwark db harden` writes the script.';

function look(subject: Subject): readonly Outcome[] {
  const { services, gaps } = composeView(subject);
  const { databases, logins } = databaseLogins(services);
  const outcomes: Outcome[] = [];
  if (databases.length > 0 && gaps.length > 0)
    outcomes.push(unknown('A compose file could not be read.', 'Correct the file.', gaps));
  for (const database of databases) {
    const own = logins.filter((one) => one.database === database);
    if (own.length === 0)
      outcomes.push(
        unknown(`Which role uses the database ${database.name} was not seen.`, fix, [database.evidence]),
      );
    for (const { service, role, evidence } of own) {
      const seen = [evidence, database.evidence];
      if (role !== undefined && role === database.superuser) {
        outcomes.push(fail(`The service ${service} uses the superuser of ${database.name}.`, seen, fix));
        continue;
      }
      const isKnown = role !== undefined && !role.includes('$') && !database.superuser?.includes('$');
      const makers = isKnown && database.superuser !== undefined ? makersOf(subject, role) : [];
      outcomes.push(
        makers.length > 0
          ? pass(`The service ${service} uses a role of its own.`, [...seen, ...makers])
          : unknown(`What the role of the service ${service} may do is not known.`, fix, seen),
      );
    }
  }
  return outcomes.slice(0, 200);
}
