import { defineConfig, type ViteUserConfig } from 'vitest/config';
import short from './vitest.config.ts';

/** Tests that take too long to run on every change: `*.slow.test.ts`, which CI runs too, and `*.long.test.ts`, which run before a release. */
const config: ViteUserConfig = defineConfig({
  ...short,
  test: {
    ...short.test,
    include: ['{lib,cli,examples,checks,bench}/**/*.{slow,long}.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    typecheck: { enabled: false },
    passWithNoTests: true,
    testTimeout: 1_800_000,
  },
});

export default config;
