/** The recommended rules of both security plugins, and nothing else. Built before use: ESLint reads JavaScript. */
import parser from '@typescript-eslint/parser';
import type { Linter } from 'eslint';
// @ts-expect-error It has no types.
import unsanitized from 'eslint-plugin-no-unsanitized';
// @ts-expect-error It has no types.
import security from 'eslint-plugin-security';

const config: Linter.Config[] = [
  { files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'] },
  { files: ['**/*.{ts,mts,cts,tsx}'], languageOptions: { parser } },
  security.configs.recommended,
  unsanitized.configs.recommended,
];

export default config;
