import { analyse } from '../analyse.ts';
import type { Abstract } from '../dataflow/domain/abstract.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Module } from '../ir/ir.ts';
import { printIr } from '../ir/print-ir.ts';
import { languageIdOf } from '../project/path-kind.ts';
import { createModuleReader } from '../read-modules.ts';
import { readCases } from './cases.ts';

/**
 * Shows what the scanner makes of a case, for whoever looks for a mistake: each function's instructions,
 * the library states `S[...]` and targets `T[...]` of each value, and what is known of it: `=` is a taint
 * that is the origin's own value, `~` one that is a guess; behind the slash what it is clean for.
 *
 *     npx tsx cli/scan/testing/show-case.ts cli/scan/rules/sql-injection/python.cases:12
 */
const [, path = '', line = ''] = /^(.*):(\d+)$/.exec(process.argv[2] ?? '') ?? [];
const one = readCases(path).find(({ at }) => at.endsWith(`:${line}`));
if (!one) throw new Error('There is no case whose heading stands on that line.');
const files = one.files.flatMap((file) => {
  const language = languageIdOf(file.path);
  return language ? [{ ...file, language }] : [];
});
const modules: Module[] = files.flatMap(await createModuleReader(files));
const frames = new Map<number, FunctionView>();
const { hits, linked } = analyse(modules, { inspect: (frame) => void frames.set(frame.id, frame) });

for (const { id, module: index, func } of linked.program.functions) {
  const module = modules[index];
  if (!module) continue;
  console.log(`#${id} ${module.path}`);
  const header = printIr({ ...module, functions: [func] });
  for (const text of header.split('\n')) {
    const value = /^ {4}v(\d+) = /.exec(text)?.[1];
    console.log(value === undefined ? text : `${text.padEnd(50)} ${known(id, Number(value))}`);
  }
}
for (const { sink, taint } of hits) {
  const { origin } = taint;
  if (origin.kind === 'source') console.log(`${sink.kind} ${sink.what} <- ${origin.source} ${origin.what}`);
}

function known(func: number, value: number): string {
  const states = linked.states(func, value).map(({ name }) => name);
  const targets = linked.targets(func, value).map((target) => target.func);
  return `S[${states.join()}] T[${targets.join()}] ${show(frames.get(func)?.values[value])}`;
}

function show(it: Abstract | undefined): string {
  if (!it) return '-';
  const taints = it.taints.map(({ origin, exact, weak, clean }) => {
    const name = origin.kind === 'source' ? origin.what : `${origin.kind} ${JSON.stringify(origin)}`;
    return `${weak ? '~' : ''}${exact ? '=' : ''}${name}/${clean.low.toString(16)}`;
  });
  const fields = [...(it.fields ?? [])].map(([name, field]) => `${name}: ${show(field)}`);
  const rest = it.rest ? [`*: ${show(it.rest)}`] : [];
  const inner = [...fields, ...rest].join(', ');
  return `${it.shape} ${JSON.stringify(it.consts) ?? ''} ${taints.join(' ')} ${inner && `{ ${inner} }`}`;
}
