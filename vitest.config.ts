import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

const lib = fileURLToPath(new URL('./lib', import.meta.url));

const config: ViteUserConfig = defineConfig({
  resolve: {
    alias: [
      { find: /^bulwark$/, replacement: `${lib}/index.ts` },
      { find: /^bulwark\/(.*)$/, replacement: `${lib}/$1/index.ts` },
    ],
  },
  test: {
    include: ['{lib,cli,examples,checks,bench}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    typecheck: { enabled: true, include: ['lib/**/*.test-d.ts'], tsconfig: './tsconfig.json' },
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});

export default config;
