import type { Linked } from '../../callgraph/linked.ts';
import { literalText } from '../../callgraph/program.ts';
import type { Inst } from '../../ir/ir.ts';
import { memoized, memoizedPair } from '../../ir/memoized.ts';

/**
 * Where the code of a file runs, judging by the names that it uses and by its path. A `panel` is a page inside an editor or
 * a design tool, to which other sites cannot send messages.
 */
export type Place = 'page' | 'worker' | 'panel' | 'unknown';

const workerWords =
  /^(importScripts|WorkerGlobalScope|DedicatedWorkerGlobalScope|ServiceWorkerGlobalScope|SharedWorkerGlobalScope|skipWaiting|registration|clients|parentPort)$/;
/** Pages inside an editor or a design tool, which other sites cannot send messages to. */
const panelWords = /^(acquireVsCodeApi|pluginMessage)$/;

export const placeOfModule: (linked: Linked, module: number) => Place = memoizedPair((linked, module) => {
  const { modules } = linked.program;
  const it = modules[module];
  if (!it) return 'unknown';
  let isPage = false;
  for (const { code } of it.functions) {
    for (const inst of code) {
      const name = inst.op === 'global' || inst.op === 'member' ? inst.name : '';
      if (panelWords.test(name)) return 'panel';
      if (workerWords.test(name) && isOfSelf(code, inst)) return 'worker';
      if (inst.op === 'call' && isAnswer(code, inst)) return 'worker';
      if (inst.op === 'global' && (name === 'window' || name === 'document')) isPage = true;
    }
  }
  if (isPage) return 'page';
  const file = it.path.split('/').pop() ?? '';
  if (/worker|(^|[._-])sw([._-]|$)/i.test(file) || /(^|\/)workers?\//i.test(it.path)) return 'worker';
  return workerScripts(linked).has(stem(file)) ? 'worker' : 'unknown';
});

function isOfSelf(code: readonly Inst[], inst: Inst): boolean {
  if (inst.op === 'global') return true;
  const object = inst.op === 'member' ? code[inst.object] : undefined;
  return object?.op === 'global' && object.name === 'self';
}

/** A worker answers without a target: `postMessage(result)`. */
function isAnswer(code: readonly Inst[], call: Inst & { readonly op: 'call' }): boolean {
  const callee = code[call.callee];
  const object = callee?.op === 'member' ? code[callee.object] : undefined;
  const isOwn =
    (callee?.op === 'global' && callee.name === 'postMessage') ||
    (callee?.op === 'member' &&
      callee.name === 'postMessage' &&
      object?.op === 'global' &&
      object.name === 'self');
  const target = code[call.args[1] ?? -1];
  return isOwn && (call.args.length === 1 || target?.op === 'list');
}

/** The names of the files that the program starts as workers. */
const workerScripts = memoized((linked: Linked): ReadonlySet<string> => {
  const all = new Set<string>();
  for (const { func } of linked.program.functions) {
    for (const inst of func.code) {
      if (inst.op !== 'call' || !inst.isNew) continue;
      const callee = func.code[inst.callee];
      if (callee?.op !== 'global' || !/^(Shared)?Worker$/.test(callee.name)) continue;
      const first = func.code[inst.args[0] ?? -1];
      const at = first?.op === 'call' ? first.args[0] : inst.args[0];
      const text = at === undefined ? undefined : literalText(func, at);
      if (text !== undefined) all.add(stem(text.split(/[?#]/)[0]?.split('/').pop() ?? ''));
    }
  }
  return all;
});

function stem(file: string): string {
  return file.replace(/\.[^.]*$/, '');
}
