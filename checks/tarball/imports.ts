import { builtinModules } from 'node:module';
import { build } from 'esbuild';

/** The packages that these built files import, statically or dynamically. Node's own modules are left out. */
export async function importedPackages(files: readonly string[]): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [...files],
    outdir: 'out',
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    metafile: true,
    write: false,
  });
  const names = Object.values(metafile.inputs)
    .flatMap(({ imports }) => imports)
    // What the bundler adds itself is an import too.
    .filter(({ external, path }) => external && !path.startsWith('node:') && path !== '<runtime>')
    .filter(({ path }) => !builtinModules.includes(path))
    .map(({ path }) => path.split('/', path.startsWith('@') ? 2 : 1).join('/'));
  return [...new Set(names)].sort();
}
