import type { Manifest } from './manifest.ts';

/** What runs the project's tests: `npm test`, as far as it is one that is known. */
export interface TestRunner {
  readonly name: 'vitest' | 'jest' | 'mocha' | 'node' | 'tap' | 'ava' | 'other' | 'none';
  /** The script `test`, if it does something. */
  readonly script: string | undefined;
}

const runners: readonly (readonly [TestRunner['name'], RegExp])[] = [
  ['vitest', /\bvitest\b/],
  ['jest', /\bjest\b/],
  ['mocha', /\bmocha\b/],
  ['node', /\bnode\b[^&|;]*\s--test\b/],
  ['tap', /\b(?:tap|borp)\b/],
  ['ava', /\bava\b/],
];

export function testRunner({ scripts, dependencies, hasJest }: Manifest): TestRunner {
  const script = scripts.get('test');
  const isReal = script !== undefined && !/no test specified/.test(script);
  if (isReal) {
    // `run-s test:unit`: the script that does it has another name.
    const all = /\b(?:run-[sp]|npm-run-all|npm run|pnpm|yarn|turbo)\b/.test(script)
      ? [...scripts].filter(([name]) => name.startsWith('test')).map(([, text]) => text)
      : [script];
    const found = runners.find(([, pattern]) => all.some((text) => pattern.test(text)));
    return { name: found?.[0] ?? 'other', script };
  }
  if (dependencies.has('vitest')) return { name: 'vitest', script: undefined };
  if (hasJest) return { name: 'jest', script: undefined };
  return { name: 'none', script: undefined };
}
