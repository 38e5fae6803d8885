import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

const lib = fileURLToPath(new URL('./lib', import.meta.url));
/** Where `.ci/run` reads its counts from. */
const json = process.env['BULWARK_TEST_JSON'];

const config: ViteUserConfig = defineConfig({
  resolve: {
    alias: [
      { find: /^bulwark$/, replacement: `${lib}/index.ts` },
      { find: /^bulwark\/(.*)$/, replacement: `${lib}/$1/index.ts` },
    ],
  },
  test: {
    include: ['{lib,cli,examples,checks,bench}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/*.{slow,long}.test.ts'],
    // All other types are checked by `npm run types`, which reads the whole project.
    typecheck: { enabled: true, include: ['lib/**/*.test-d.ts'], tsconfig: './tsconfig.test-d.json' },
    reporters: [
      'default',
      './checks/skipped/skipped-reporter.ts',
      ...(json ? [['json', { outputFile: json }] as ['json', object]] : []),
    ],
    // One worker less than there are processors would be one on two, and most tests wait for servers: three take less time.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});

export default config;
