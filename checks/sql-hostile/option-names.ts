import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../repository.ts';

const folders: Readonly<Record<string, readonly string[]>> = {
  pg: ['pg/lib', 'pg-pool', 'pg-protocol/dist', 'pg-types', 'pg-connection-string'],
  'postgres.js': ['postgres/src'],
  mysql2: ['mysql2/lib', 'mysql2/promise.js'],
  'better-sqlite3': ['better-sqlite3/lib'],
};

/** How drivers call the records that they read settings from. */
const read =
  /\b(?:options?|opts?|o|config|query|args|params|x|c|connectionConfig|clientConfig|q|cmd|settings)\??\.([A-Za-z_$][\w$]*)/g;

/** What a driver's sources read from options, queries and configurations. */
export function optionNames(driver: string): readonly string[] {
  const names = (folders[driver] ?? []).flatMap((folder) =>
    scripts(join(root, 'node_modules', folder)).flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(read)].map(([, name = '']) => name),
    ),
  );
  // Replacing what the language has there itself (`valueOf`) breaks the language.
  return [...new Set(names)].filter((name) => !(name in Object.prototype)).sort();
}

function scripts(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name !== 'node_modules')
    .flatMap((name) => {
      const inside = join(path, name);
      return statSync(inside).isDirectory() ? scripts(inside) : /\.c?js$/.test(name) ? [inside] : [];
    });
}
