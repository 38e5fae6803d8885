import type { Linker } from './linker.ts';

/** Names that so many classes use that they do not identify a method's owner. */
const common: ReadonlySet<string> = new Set([
  'get',
  'set',
  'add',
  'has',
  'run',
  'call',
  'next',
  'then',
  'map',
  'push',
  'pop',
  'send',
  'write',
  'read',
  'open',
  'close',
  'end',
  'start',
  'stop',
  'on',
  'emit',
  'use',
  'log',
  'info',
  'error',
  'warn',
  'debug',
  'parse',
  'format',
  'join',
  'split',
  'replace',
  'toString',
  'valueOf',
  'append',
  'update',
  'delete',
  'remove',
  'clear',
  'keys',
  'values',
  'items',
  'entries',
  'copy',
  'test',
  'exec',
  'execute',
  'query',
  'apply',
  'bind',
  'filter',
  'find',
  'sort',
  'index',
  'count',
  'strip',
  'encode',
  'decode',
  'constructor',
  'json',
  'text',
  'render',
  'redirect',
  'status',
  'connect',
  'commit',
  'rollback',
  'cursor',
  'fetchall',
  'fetchone',
  'first',
  'all',
  'save',
]);

/**
 * Guesses the receiver of a method call if nothing is known of it. If exactly one class of the project declares a method of
 * that name, the receiver becomes an instance of this class, and is marked as guessed. Common names, such as `get`, are
 * left out. This finds services that containers inject.
 */
export function callees(linker: Linker): void {
  const owners = new Map<string, number>();
  const shared = new Set<string>();
  for (const { id, class: it } of linker.program.classes) {
    for (const { name, kind } of it.methods) {
      if (kind !== 'method' || common.has(name)) continue;
      if (owners.has(name)) shared.add(name);
      else owners.set(name, id);
    }
  }
  for (const name of shared) owners.delete(name);
  linker.program.instructions.calls(owners, (inst, info) => {
    const callee = info.func.code[inst.callee];
    if (callee?.op !== 'member') return;
    const owner = owners.get(callee.name) as number;
    const object = info.firstValue + callee.object;
    if (linker.graph.tokens(object).length > 0) return;
    // `remove(id) { return this.service.remove(id); }` delegates to a class that is not in the project. It does not call itself.
    if (
      info.func.class >= 0 &&
      (linker.program.firstClass[info.module] as number) + info.func.class === owner
    )
      return;
    linker.graph.add(object, linker.tokens.of('instance', owner));
    linker.guessed.add(object);
  });
}
