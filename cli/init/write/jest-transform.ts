/** What makes Jest compile the ES modules of Bulwark and of the packages that it needs. */

export const transformFile = 'jest-esm.cjs';

const packages = '(?:bulwark|@noble/hashes|parse5|entities)';

/** A pattern for `transform`. */
export const bulwarkModules: string = `/node_modules/${packages}/.+\\.js$`;

/** Patterns for `transformIgnorePatterns`. pnpm keeps packages in `node_modules/.pnpm/NAME/node_modules`. */
export const otherModules: readonly string[] = [`/node_modules/(?!(?:\\.pnpm|${packages.slice(3, -1)})/)`];

/** The transform that Jest uses by itself only while a configuration names none. */
export const usualTransform = ['\\.[jt]sx?$', 'babel-jest'] as const;

export const transformText = `// Jest can't require ES modules on Node 20 and 22. This compiles those of Bulwark.
const { createHash } = require('node:crypto');
const ts = require('typescript');

const url = "require('node:url').pathToFileURL(__filename).href";
const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };

module.exports = {
  getCacheKey: (text) => createHash('sha256').update(\`1 \${text}\`).digest('hex'),
  process: (text) => ({
    code: ts.transpileModule(text.replaceAll('import.meta.url', url), { compilerOptions }).outputText,
  }),
};
`;
