import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../repository.ts';

export interface Weight {
  /** Our own code, minified: what a bundle of the user's grows by, without libraries. */
  readonly bytes: number;
  /** Files that Node opens on a cold import, those of libraries included. */
  readonly modules: number;
  /** Libraries, Node's own modules among them. */
  readonly libraries: readonly string[];
}

/** What importing `bulwark/<path>` costs, counted and not timed. */
export async function weigh(path: string): Promise<Weight> {
  const entry = join(root, 'lib', path, 'index.ts');
  const [own, whole] = await Promise.all([bundle(entry, true), bundle(entry, false)]);
  const imported = Object.values(own.metafile.inputs).flatMap((input) => input.imports);
  const external = imported.filter((one) => one.external === true && one.kind !== 'dynamic-import');
  return {
    bytes: own.outputFiles.reduce((sum, file) => sum + file.contents.length, 0),
    modules: Object.keys(whole.metafile.inputs).length,
    libraries: [...new Set(external.map(({ path: name }) => name))].sort(),
  };
}

function bundle(entry: string, ownOnly: boolean) {
  return build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    absWorkingDir: root,
    outdir: join(root, 'out'),
    // An optional peer is loaded by those who have it, when they need it.
    ...(ownOnly
      ? { packages: 'external' as const }
      : {
          external: [
            'pg',
            '@electric-sql/pglite',
            '@nestjs/core',
            'express',
            '@node-rs/argon2',
            '@node-rs/bcrypt',
            'next/*',
          ],
        }),
    logLevel: 'silent',
  });
}
