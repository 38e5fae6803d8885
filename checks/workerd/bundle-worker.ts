import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** A bundle's code, and what it still imports. */
export interface Bundle {
  readonly text: string;
  readonly imports: readonly string[];
}

/** Bundles a file as tools for workers do: for a runtime without Node's modules. */
export async function bundleWorker(file: URL): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(file)],
    ...{ bundle: true, write: false, metafile: true, format: 'esm', target: 'es2024', logLevel: 'silent' },
    ...{ platform: 'browser', conditions: ['workerd', 'worker', 'browser'] },
    external: ['node:*'],
  });
  const outputs = Object.values(metafile.outputs);
  return {
    text: outputFiles[0]?.text ?? '',
    imports: [...new Set(outputs.flatMap(({ imports }) => imports.map(({ path }) => path)))].sort(),
  };
}
