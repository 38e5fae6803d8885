import { html, render } from 'bulwark/html';
import { expect } from 'vitest';
import { t } from './case.ts';
import { codeOf } from './run-case.ts';

/** Milliseconds that this process has computed, whatever else the machine does. */
export function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export function refused(code: string, run: () => unknown): void {
  let got = 'nothing was thrown';
  try {
    run();
  } catch (error) {
    got = codeOf(error);
  }
  expect(got).toMatch(new RegExp(`^(?:${code.replace('*', '.*')})$`));
}

export const capture = (strings: TemplateStringsArray): TemplateStringsArray => strings;
export const call = html as unknown as (...all: unknown[]) => never;
export const page = (template: string, ...values: readonly unknown[]): string =>
  render(t(template, ...values));

/** Runs with names that a polluted JSON merge has put onto every object. */
export function polluted(target: object, names: Record<PropertyKey, unknown>, run: () => void): void {
  const keys = Reflect.ownKeys(names);
  for (const key of keys) {
    Object.defineProperty(target, key, {
      value: names[key],
      configurable: true,
      writable: true,
      enumerable: true,
    });
  }
  try {
    run();
  } finally {
    for (const key of keys) Reflect.deleteProperty(target, key);
  }
}

export function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let made: unknown = 'x';
  for (let level = 0; level < depth; level += 1) made = wrap(made);
  return made;
}

export const payload = '"><script>pwn()</script>';
export const mid: readonly string[] = Object.assign(['<p>', '</p>'], { raw: ['<p>', '</p>'] });
