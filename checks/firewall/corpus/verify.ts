import { loadModule } from 'libpg-query';
import mysql from 'mysql2/promise';
import type { ProvenCase } from './firewall-case.ts';
import { shapePostgres } from './shape-postgres.ts';
import { shapeTokens, splitStatements } from './shape-tokens.ts';

/** Says why a text is no SQL of its dialect, or nothing. */
export type Reader = (text: string, noBackslash: boolean) => Promise<string | undefined>;

/** PostgreSQL's own parser, in wasm. */
export async function postgresReader(): Promise<Reader> {
  await loadModule();
  return async (text) => {
    try {
      shapePostgres(text);
      return undefined;
    } catch (error) {
      return String(error);
    }
  };
}

/** SQLite compiles a statement before it looks for its tables: only a syntax error counts. */
export async function sqliteReader(): Promise<Reader> {
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(':memory:');
  return async (text) => {
    for (const statement of splitStatements('sqlite', text)) {
      try {
        db.prepare(statement);
      } catch (error) {
        const { message } = error as Error;
        if (/syntax error|unrecognized token|incomplete input|more than one statement/i.test(message))
          return message;
      }
    }
    return undefined;
  };
}

/** MariaDB parses a whole statement before it looks for its tables: only a parse error counts. */
export async function mariadbReader(url: string): Promise<Reader & { end(): Promise<void> }> {
  const plain = await mysql.createConnection(url);
  const bare = await mysql.createConnection(url);
  await bare.query("set sql_mode = concat(@@sql_mode, ',NO_BACKSLASH_ESCAPES')");
  const read = async (text: string, noBackslash: boolean): Promise<string | undefined> => {
    for (const statement of splitStatements('mysql', text, noBackslash)) {
      try {
        await (await (noBackslash ? bare : plain).prepare(statement)).close();
      } catch (error) {
        const { errno, message } = error as { errno?: number; message: string };
        // ER_PARSE_ERROR, ER_EMPTY_QUERY, ER_SYNTAX_ERROR; without a number, the connection is gone.
        if (errno === undefined || errno === 1064 || errno === 1065 || errno === 1149) return message;
      }
    }
    return undefined;
  };
  return Object.assign(read, {
    end: async () => {
      await plain.end();
      await bare.end();
    },
  });
}

function shape({ dialect, noBackslash }: ProvenCase, text: string): string {
  return dialect === 'postgres' ? shapePostgres(text) : shapeTokens(dialect, text, noBackslash === true);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** A value that is a whole token of its own, such as `1` where a column was meant, crosses no edge. */
function oneToken({ dialect, inputs, text, twin }: ProvenCase): boolean {
  const [input = ''] = inputs;
  if (
    text.includes(`'${input}`) ||
    text.includes(`"${input}`) ||
    !text.includes(input) ||
    twin.includes(input)
  )
    return false;
  return !shapeTokens(dialect, input).includes(' ');
}

/**
 * What is wrong with a case's label, or nothing. An attack's text has another shape than its twin, a legitimate one's
 * has the same, and both are SQL that the real database takes. A case whose note says `syntax error on purpose` is
 * none. An object among the bound values is an attack by itself.
 */
export async function verifyCase(one: ProvenCase, read: Reader): Promise<string | undefined> {
  const noBackslash = one.noBackslash ?? false;
  const twin = await read(one.twin, noBackslash);
  if (twin !== undefined) return `the twin: ${twin}`;
  const broken = await read(one.text, noBackslash);
  if (one.note.includes('syntax error on purpose'))
    return broken === undefined ? 'the text is SQL' : undefined;
  if (broken !== undefined) return broken;
  const objects = (one.values ?? []).some(isObject);
  if (objects) return one.attack || one.debatable ? undefined : 'an object is bound';
  const same = shape(one, one.text) === shape(one, one.twin);
  if (one.attack && same) return 'the text has the shape of its twin';
  if (one.attack && !one.debatable && !/\s/.test(one.inputs[0] ?? '') && oneToken(one))
    return 'the value is one token';
  if (!one.attack && !same) return 'the text has another shape than its twin';
  return undefined;
}
