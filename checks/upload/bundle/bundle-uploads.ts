import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

interface Stats {
  hasErrors(): boolean;
  toString(): string;
}
type Webpack = (options: object, done: (error: Error | null, stats: Stats) => void) => void;

const require = createRequire(import.meta.url);
const next = '../../next/node_modules/next/dist';

/** Bundles `bulwark/upload` with the webpack of Next.js, and its plugin for optional packages. */
export async function bundleUploads(
  folder: string,
  packages: 'installed' | 'absent',
): Promise<typeof import('./entry.ts')> {
  const { webpack } = require(`${next}/compiled/webpack/webpack.js`) as { readonly webpack: Webpack };
  const { OptionalPeerDependencyResolverPlugin } = require(
    `${next}/build/webpack/plugins/optional-peer-dependency-resolve-plugin.js`,
  ) as { readonly OptionalPeerDependencyResolverPlugin: new () => object };
  // Vitest doesn't transform what is in node_modules.
  const path = join(folder, 'node_modules');
  const stats = await promisify(webpack)({
    mode: 'none',
    target: 'node20',
    context: import.meta.dirname,
    entry: './entry.ts',
    output: { path, filename: 'bundle.mjs', library: { type: 'module' } },
    experiments: { outputModule: true },
    externals: ['@noble/hashes', 'parse5', 'undici'],
    module: { rules: [{ test: /\.ts$/, use: join(import.meta.dirname, 'strip-types.cjs') }] },
    resolve: {
      plugins: [new OptionalPeerDependencyResolverPlugin()],
      // An empty folder.
      ...(packages === 'absent' && { modules: [folder] }),
    },
  });
  if (stats.hasErrors()) throw new Error(stats.toString());
  return import(pathToFileURL(join(path, 'bundle.mjs')).href);
}
