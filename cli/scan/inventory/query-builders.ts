import type { Linked } from '../callgraph/linked.ts';
import { origin } from '../callgraph/query/called-on.ts';
import { instOf, type Place } from '../callgraph/query/made-by.ts';
import type { Call, Inst } from '../ir/ir.ts';

/** Packages that build statements and bind all values. Only their functions that take a text can be unsafe. */
const packages =
  /^(sqlalchemy|sqlmodel|flask_sqlalchemy|peewee|pypika|psycopg2?|asyncpg|django\.db\.models|tortoise|kysely|knex|drizzle-orm|@prisma\/client|typeorm|sequelize|sql-template-tag|slonik|@databases\/[\w-]+|bulwark\/sql|@sequelize\/core|objection|@mikro-orm\/[\w-]+|postgres|@vercel\/postgres|@neondatabase\/serverless)([./]|$)/;
const builders =
  /^(select|insert|update|delete|union|union_all|exists|values|table|column|func|case|and_|or_|not_|desc|asc|Table|Query|MySQLQuery|PostgreSQLQuery|Identifier|Placeholder|Literal|Composed|join|CreateTable)$/;
const tags = /^(sql|SQL|Prisma|\$queryRaw|\$executeRaw|default|postgres|neon)$/;
const running = /^(execute|scalars?|all|first|one|one_or_none|fetch\w*|mappings|run|get|then|iterator)$/;

const maxHops = 40;

/**
 * The reason why an SQL statement needs no review of its own. Either a library builds the statement and binds its values
 * (`a statement of sqlalchemy`), or the audit already lists the call that makes the statement. Undefined for other
 * statements.
 */
export function builderOf(linked: Linked, from: Place): string | undefined {
  let place = origin(linked, from);
  for (let hop = 0; hop < maxHops; hop++) {
    const inst = instOf(linked, place);
    const { func } = place;
    if (inst?.op === 'call') {
      if (takesQuery(linked, func, inst.callee)) return 'made by a call that is listed itself';
      const callee = instOf(linked, origin(linked, { func, value: inst.callee }));
      if (inst.quasis) return isTag(linked, func, inst) ? 'the tag passes values beside the text' : undefined;
      if (callee?.op === 'import')
        return packages.test(callee.specifier) && builders.test(callee.name)
          ? `a statement of ${callee.specifier}`
          : undefined;
      if (callee?.op !== 'member' || running.test(callee.name)) return undefined;
      // `sa.select(...)`, `sql.Identifier(...)`
      const object = instOf(linked, origin(linked, { func, value: callee.object }));
      if (object?.op === 'import' && packages.test(object.specifier) && builders.test(callee.name))
        return `a statement of ${object.specifier}`;
      place = origin(linked, { func, value: callee.object });
    } else if (inst?.op === 'member' && !running.test(inst.name))
      place = origin(linked, { func, value: inst.object });
    else if (inst?.op === 'effect' || inst?.op === 'typed')
      place = origin(linked, { func, value: inst.value });
    else return undefined;
  }
  return undefined;
}

/**
 * Whether a tagged template binds its values, because the tag is `prisma.$queryRaw` or belongs to a package that builds
 * statements.
 */
export function isTag(linked: Linked, func: number, call: Inst & Call): boolean {
  if (!call.quasis) return false;
  const direct = instOf(linked, { func, value: call.callee });
  if (direct?.op === 'member' && /^\$(queryRaw|executeRaw)$/.test(direct.name)) return true;
  let place = origin(linked, { func, value: call.callee });
  for (let hop = 0; hop < maxHops; hop++) {
    const inst = instOf(linked, place);
    if (inst?.op === 'import') return packages.test(inst.specifier) && tags.test(inst.name);
    if (inst?.op === 'member') place = origin(linked, { func: place.func, value: inst.object });
    // `const sql = postgres(url)`
    else if (inst?.op === 'call') place = origin(linked, { func: place.func, value: inst.callee });
    else return false;
  }
  return false;
}

/** Whether the callee takes a query's text, and makes part of a statement. */
function takesQuery(linked: Linked, func: number, callee: number): boolean {
  return linked
    .states(func, callee)
    .some(
      ({ args, name }) =>
        args.length > 0 &&
        /(^|[.\s])(text|literal|literal_column|raw|Raw|SQL|RawSQL|DDL|SimpleStatement)$/.test(name),
    );
}
