import { rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../repository.ts';
import { createProject } from '../tarball/project.ts';

const version = '7.10.0';

/** A client that Prisma generated, as far as the tests need it. */
export interface PrismaClient {
  $queryRaw<T>(query: object): Promise<T>;
  $executeRaw(query: object): Promise<number>;
  $transaction<T>(run: (tx: PrismaClient) => Promise<T>): Promise<T>;
  $extends(extension: object): PrismaClient;
  $disconnect(): Promise<void>;
}

export interface PrismaModule {
  readonly PrismaClient: new (options: { adapter: unknown }) => PrismaClient;
  readonly Prisma: {
    sql(texts: TemplateStringsArray, ...values: unknown[]): object;
    raw(text: string): object;
  };
}

export interface PrismaProject {
  /** The generated client for a provider. */
  client(provider: 'postgresql' | 'mysql' | 'sqlite'): PrismaModule;
  /** A package of the project. */
  load<T>(name: string): T;
  remove(): void;
}

/** A project of its own with Prisma, and a client for each database. */
export async function createPrismaProject(): Promise<PrismaProject> {
  const { folder, install, run, write, remove } = createProject({ type: 'commonjs' });
  const adapters = ['pg', 'mariadb', 'better-sqlite3'].map((name) => `@prisma/adapter-${name}@${version}`);
  await install(`prisma@${version}`, `@prisma/client@${version}`, ...adapters);
  for (const provider of ['postgresql', 'mysql', 'sqlite']) {
    const schema = `${provider}.prisma`;
    write(
      schema,
      `generator client {
        provider = "prisma-client-js"
        output = "./${provider}"
      }
      datasource db {
        provider = "${provider}"
      }
      model Item {
        id Int @id
      }`,
    );
    // Generating needs no engine; with a program of this name Prisma does not fetch one.
    const variable = 'PRISMA_SCHEMA_ENGINE_BINARY=/bin/true';
    const { code, output } = await run('env', variable, 'npx', 'prisma', 'generate', '--schema', schema);
    if (code !== 0) throw new Error(`prisma generate failed:\n${output}`);
  }
  // The better-sqlite3 that is compiled here, in place of one that is not.
  const compiled = join(folder, 'node_modules/better-sqlite3');
  rmSync(compiled, { recursive: true, force: true });
  symlinkSync(join(root, 'node_modules/better-sqlite3'), compiled);
  const load = createRequire(join(folder, 'package.json'));
  return {
    client: (provider) => load(`./${provider}`) as PrismaModule,
    load: <T>(name: string) => load(name) as T,
    remove,
  };
}
