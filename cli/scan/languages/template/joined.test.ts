import { join } from 'node:path';
import { expect, test } from 'vitest';
import { analyse } from '../../analyse.ts';
import type { Module } from '../../ir/ir.ts';
import { readCases } from '../../testing/cases.ts';
import { readJavascript } from '../javascript/parse/read-javascript.ts';
import { createPythonReader } from '../python/parse/python-reader.ts';
import { readTemplate } from './read-template.ts';

const readPython = await createPythonReader();

/** Small projects: code that hands data to templates, in every way that a framework has for it. */
const cases = readCases(join(import.meta.dirname, 'testing/joined.cases'));

test.each(cases.map((one) => [one.title, one] as const))('%s', (_, one) => {
  const modules = one.files.map(({ path, text }): Module => {
    if (path.endsWith('.py')) return readPython(path, text);
    return /\.[jt]sx?$/.test(path) ? readJavascript(path, text) : readTemplate(path, text);
  });
  const { hits, linked } = analyse(modules);
  const found = hits.flatMap(({ sink, taint }) => {
    const module = modules[linked.program.functions[sink.func]?.module ?? -1];
    if (sink.kind !== 'xss' || taint.weak || !module) return [];
    return [`${module.path}:${module.lines.filter((line) => line <= sink.at).length}`];
  });
  expect([...new Set(found)].sort()).toEqual([...one.expected].sort());
});
