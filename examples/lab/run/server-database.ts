import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { ServerUrls } from './connections.ts';

const ownName = /^bulwark_lab_[0-9a-f]{12}$/;

export interface LabDatabase extends ServerUrls {
  drop(): Promise<void>;
}

/**
 * Makes a database of the lab's own on a server, with an owner and the two roles that the applications log in as.
 *
 * Nothing whose name is not the lab's, and of this run, is ever touched: not the database that the URL names, and not
 * one that another run left.
 *
 * @param url of a server, as a role that may create databases and roles
 */
export async function createLabDatabase(url: string): Promise<LabDatabase> {
  const name = `bulwark_lab_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(18).toString('hex');
  const roles = { owner: `${name}_owner`, app: `${name}_app`, reports: `${name}_reports` };
  const urlOf = (role: string): string => {
    const own = new URL(url);
    own.username = role;
    own.password = password;
    own.pathname = `/${name}`;
    return own.href;
  };

  await asAdmin(url, async (client) => {
    for (const role of Object.values(roles)) {
      await client.query(
        `create role "${role}" login password '${password}' nosuperuser nocreatedb nocreaterole`,
      );
    }
    // The owner ends sessions of the two that an attack holds.
    await client.query(`grant "${roles.app}", "${roles.reports}" to "${roles.owner}"`);
    await client.query(`create database "${name}"`);
    await client.query(`alter database "${name}" owner to "${roles.owner}"`);
    await client.query(`revoke all on database "${name}" from public`);
    await client.query(`grant connect on database "${name}" to "${roles.app}", "${roles.reports}"`);
    await client.query(
      `alter role "${roles.reports}" in database "${name}" set default_transaction_read_only = on`,
    );
  });

  return {
    owner: urlOf(roles.owner),
    app: urlOf(roles.app),
    reports: urlOf(roles.reports),
    async drop() {
      if (!ownName.test(name)) throw new Error(`${name} is not a database of the lab.`);
      await asAdmin(url, async (client) => {
        await client.query(`drop database if exists "${name}" with (force)`);
        for (const role of Object.values(roles)) await client.query(`drop role if exists "${role}"`);
      });
    },
  };
}

async function asAdmin(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
