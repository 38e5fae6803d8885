import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, describe, expect, it } from 'vitest';
import { brand, shared } from './shared.ts';

interface Copy {
  readonly version: number;
  readonly url: string;
  readonly state: Map<string, unknown>;
}
const copies = (): Copy[] =>
  (globalThis as unknown as Record<symbol, Copy[]>)[Symbol.for('bulwark.registry')] ?? [];

/** Another copy of this file and of those that it loads, as a bundler or a nested node_modules makes it. */
async function secondCopy(): Promise<typeof import('./shared.ts')> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./shared.ts', import.meta.url))],
    ...({ bundle: true, write: false, format: 'esm', platform: 'node' } as const),
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  return import(/* @vite-ignore */ `data:text/javascript;base64,${code}`);
}

afterEach(() => {
  const planted = copies().findIndex(({ version }) => version !== 1);
  if (planted >= 0) copies().splice(planted, 1);
});

describe('shared', () => {
  it('makes a value once', () => {
    const made = shared('test', () => ({}));
    expect(shared('test', () => ({}))).toBe(made);
  });

  it('gives the same value to a second copy', async () => {
    const made = shared('test', () => ({}));
    const copy = await secondCopy();
    expect(copy.shared).not.toBe(shared);
    expect(copy.shared('test', () => ({}))).toBe(made);
  });

  it('cannot be replaced by an assignment', () => {
    shared('test', () => ({}));
    expect(() => Object.assign(globalThis, { [Symbol.for('bulwark.registry')]: [] })).toThrow(TypeError);
  });
});

describe('brand', () => {
  it('knows what it marked, also what a second copy marked', async () => {
    const value = brand('sql').add({});
    const copy = await secondCopy();
    expect(brand('sql').has(value)).toBe(true);
    expect(copy.brand('sql').has(value)).toBe(true);
    expect(brand('sql').has(copy.brand('sql').add({}))).toBe(true);
  });

  it('does not know a copy, a spread, a child, a parsed value, another brand, or what is no object', () => {
    const value = brand('sql').add({ text: 'select 1' });
    for (const forged of [
      { ...value },
      structuredClone(value),
      Object.create(value),
      JSON.parse(JSON.stringify(value)),
      new Proxy(value, {}),
      null,
      undefined,
      'select 1',
    ]) {
      expect(brand('sql').has(forged)).toBe(false);
    }
    expect(brand('html').has(value)).toBe(false);
  });

  it('is not forged by a polluted prototype', () => {
    const polluted = Object.prototype as unknown as Record<string, unknown>;
    const names = ['bulwark.registry', 'Symbol(bulwark.registry)', 'version', 'state', 'brand:sql'];
    try {
      for (const name of names) polluted[name] = new Map([['brand:sql', { has: () => true }]]);
      expect(brand('sql').has({})).toBe(false);
    } finally {
      for (const name of names) delete polluted[name];
    }
  });

  it('names both copies where one of another version marked the value: bulwark/two-copies', () => {
    brand('sql');
    const foreign = {};
    copies().push({
      version: 2,
      url: 'file:///app/node_modules/other/node_modules/bulwark/dist/internal/shared.js',
      state: new Map([['brand:sql', new WeakSet([foreign])]]),
    });
    expect(() => brand('sql').has(foreign)).toThrow(
      expect.objectContaining({
        name: 'Misuse',
        code: 'bulwark/two-copies',
        message: expect.stringMatching(/other\/node_modules\/bulwark.+ and .+shared\.ts/),
      }),
    );
    expect(brand('sql').has({})).toBe(false);
  });
});
