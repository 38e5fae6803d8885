import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createProject } from '../tarball/project.ts';

/**
 * The package sqlite3, which Knex and Sequelize may have below them. Nothing here depends on it: it is compiled, or
 * fetched, in a folder of its own.
 */
export async function installSqlite3(): Promise<{
  readonly missing: string | undefined;
  readonly module: object;
  remove(): void;
}> {
  const { folder, run, remove } = createProject();
  const { code, output } = await run('npm', 'install', '--no-audit', '--no-fund', 'sqlite3@5.1.7');
  try {
    const module = createRequire(join(folder, 'package.json'))('sqlite3') as object;
    return { missing: undefined, module, remove };
  } catch (error) {
    const reason = code === 0 ? String(error) : output;
    return { missing: `sqlite3 cannot be had: ${reason.trim().slice(0, 120)}`, module: {}, remove };
  }
}
