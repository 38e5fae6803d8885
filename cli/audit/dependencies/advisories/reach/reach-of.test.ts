import { describe, expect, it } from 'vitest';
import type { CodeView } from '../../../../scan/code-view.ts';
import type { LockedPackage } from '../../package-graph.ts';
import { reachOf } from './reach-of.ts';

const view = {
  imports: [
    { path: 'app.js', line: 2, package: 'lodash' },
    { path: 'job.py', line: 1, package: 'yaml' },
  ],
  routes: [{ method: 'GET', pattern: '/', place: { path: 'app.js', line: 5 } }],
  gaps: [],
} as unknown as CodeView;

function of(ecosystem: 'npm' | 'PyPI', ...via: readonly string[]): LockedPackage {
  return { ecosystem, name: via.at(-1), via, isDirect: via.length < 2 } as unknown as LockedPackage;
}

function level(one: LockedPackage, seen: CodeView = view): string {
  return reachOf(one, [], seen, () => undefined).level;
}

describe('reachOf', () => {
  it('tells what files that answer requests import from the rest', () => {
    expect(level(of('npm', 'lodash'))).toBe('reached');
    expect(level(of('PyPI', 'pyyaml'))).toBe('imported');
    expect(level(of('npm', 'express'))).toBe('not-imported');
    expect(level(of('npm', 'lodash', 'inner'))).toBe('reached');
  });

  it('is sure of what is missing only if all was read, and the name of the module is known', () => {
    expect(level(of('npm', 'express'), { ...view, gaps: ['A file was not parsed.'] })).toBe('unknown');
    expect(level(of('PyPI', 'some-package'))).toBe('unknown');
  });

  it('looks for the functions that an advisory names, and says if it names none', () => {
    const texts = (functions: readonly string[], text: string): readonly string[] =>
      reachOf(of('npm', 'lodash'), functions, view, () => text).evidence.map((one) => one.text);
    expect(texts([], '')).toContain('The advisory names no functions.');
    expect(texts(['lodash.template'], 'a\n  lodash.template(x);\n')).toContain('lodash.template(x);');
    expect(texts(['template'], 'templates()')).toContain(
      'No file that imports it names a function of the advisory: template.',
    );
  });
});
