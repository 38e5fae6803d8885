import mysql from 'mysql2/promise';
import { beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { kindOf } from '../../../checks/sql-drivers/kind-of.ts';
import { useMysql2 } from '../../../checks/sql-drivers/use-mysql2.ts';
import { DatabaseError, type Sql, sql } from '../index.ts';
import { database } from './index.ts';

const noServer = missing('mariadb');

describe.skipIf(noServer)(`errors of mysql2${noServer ? `: ${noServer}` : ''}`, () => {
  const server = useMysql2();
  const { connect } = server;

  beforeAll(async () => {
    await server.db.execute(
      sql`create table pet (id integer primary key, email varchar(500), owner integer, age integer, name varchar(5) not null,
        constraint pet_email unique (email), constraint pet_owner foreign key (owner) references owner (id),
        constraint pet_age check (age > 0))`,
    );
  });

  describe('errors', () => {
    const secret = "s3cret' for key 'evil'";
    const insert = (id: number, email: string, owner: number | null, age: unknown, name: string | null) =>
      sql`insert into pet (id, email, owner, age, name) values (${id}, ${email}, ${owner}, ${age as number}, ${name})`;

    async function failed(work: Promise<unknown>): Promise<DatabaseError> {
      const error: unknown = await work.catch((reason: unknown) => reason);
      if (!(error instanceof DatabaseError)) throw new Error('It is no DatabaseError.', { cause: error });
      return error;
    }

    it('name the constraint, and hold no value', async () => {
      await server.db.execute(sql`delete from pet`);
      await server.db.execute(insert(1, secret, null, 1, 'a'));
      const long = `${'y'.repeat(470)}' for key 'evil'`;
      await server.db.execute(insert(2, long, null, 1, 'a'));
      const cases: [Sql, object][] = [
        [insert(3, secret, null, 1, 'a'), { kind: 'unique', constraint: 'pet_email', status: 409 }],
        [insert(1, 'x', null, 1, 'a'), { kind: 'unique', constraint: 'PRIMARY' }],
        [insert(4, 'x', 99, 1, 'a'), { kind: 'foreign-key', constraint: 'pet_owner', table: 'pet' }],
        [insert(4, 'x', null, -1, 'a'), { kind: 'check', constraint: 'pet_age', table: 'pet' }],
        [insert(4, 'x', null, 1, null), { kind: 'not-null', column: 'name', status: 400 }],
        [insert(4, 'x', null, 1, secret), { kind: 'data', column: 'name' }],
        [insert(4, 'x', null, secret, 'a'), { kind: 'data', column: 'age' }],
        [insert(4, 'x', null, 1e12, 'a'), { kind: 'data', column: 'age' }],
        [sql`select ${secret} from nowhere`, { kind: 'schema' }],
      ];
      for (const [query, expected] of cases) {
        const error = await failed(server.db.execute(query));
        expect(error).toMatchObject(expected);
        expect(JSON.stringify(error) + error.message + error.stack).not.toMatch(/s3cret|evil/);
      }
      const cut = await failed(server.db.execute(insert(3, long, null, 1, 'a')));
      expect(cut.kind).toBe('unique');
      expect(cut.constraint).not.toBe('evil');
    });

    it('tell a lock, a login and a full pool apart', async () => {
      await server.db.execute(sql`insert ignore into owner values (80)`);
      const waiting = server.db.transaction(async (tx) => {
        await tx.execute(sql`update owner set id = id where id = 80`);
        const connection = await connect();
        await connection.query('set innodb_lock_wait_timeout = 1');
        const kind = await kindOf(database(connection).execute(sql`update owner set id = id where id = 80`));
        await connection.end();
        return kind;
      });
      expect(await waiting).toBe('lock-timeout');
      const stranger = mysql.createPool({ uri: server.url, password: 'wrong' });
      expect(await kindOf(database(stranger).all(sql`select 1`))).toBe('login');
      await stranger.end();
      const none = mysql.createPool({ uri: server.url, connectionLimit: 1, waitForConnections: false });
      const held = await none.getConnection();
      expect(await kindOf(database(none).all(sql`select 1`))).toBe('pool');
      held.release();
      await none.end();
      expect(await kindOf(database(none).all(sql`select 1`))).toBe('pool');
      const nobody = mysql.createPool({ host: '127.0.0.1', port: 1 });
      expect(await kindOf(database(nobody).all(sql`select 1`))).toBe('connection');
      await nobody.end();
      const limited = sql`set statement max_statement_time = 0.2 for select sleep(10)`;
      expect(await kindOf(server.db.all(limited))).toBe('timeout');
    });
  });
});
