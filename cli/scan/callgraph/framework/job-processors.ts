import { maxConstructorStores } from '../../budgets/callgraph.ts';
import type { Call } from '../../ir/ir.ts';
import { processorMethod, queueDecorators } from '../../libraries/javascript/http/job-queues.ts';
import type { Linker } from '../linker.ts';
import type { FuncInfo } from '../program.ts';
import { type Place, writtenText } from '../written-origin.ts';

/** How a field gets its job queue: injected by name, or made by a call. */
export type QueueField = { readonly name: string } | { readonly made: Place };

/**
 * The job queues in fields of classes: `@InjectQueue('audio') private readonly audio: Queue` of NestJS, or `this.audio =
 * new Queue('audio')`. The keys are made of the module, the class and the field's name.
 */
export function queueFields(linker: Linker): ReadonlyMap<string, QueueField> {
  const fields = new Map<string, QueueField>();
  linker.program.instructions.each('store', (inst, info) => {
    const { code, class: owner } = info.func;
    const stored = code[inst.value];
    if (owner < 0 || stored?.op !== 'call' || !isThis(info, inst.object)) return;
    const key = `${info.module} ${owner} ${inst.name}`;
    if (stored.isNew) fields.set(key, { made: { info, value: inst.value } });
    const name = stored.isDecorator ? nameBy(linker, info, stored, queueDecorators.inject) : undefined;
    if (name !== undefined) fields.set(key, { name });
  });
  return fields;
}

function isThis({ func }: FuncInfo, value: number): boolean {
  let inst = func.code[value];
  for (let hop = 0; hop < maxConstructorStores && inst?.op === 'store'; hop++) inst = func.code[inst.object];
  return inst?.op === 'this';
}

/**
 * Calls `tell` for each method that processes the jobs of a queue, with the queue's name and the method's node. If the
 * method takes only jobs of one name, that name is passed too: `@Processor('audio') class { @Process('cut') cut(job) {} }`
 * -> `audio`, `cut`.
 */
export function eachProcessor(
  linker: Linker,
  tell: (queue: string, node: number, job: string | undefined) => void,
): void {
  const { program } = linker;
  const decorated = decoratedMethods(linker);
  program.instructions.each('call', (inst, info) => {
    const queue = inst.isDecorator ? nameBy(linker, info, inst, queueDecorators.processor) : undefined;
    if (queue === undefined) return;
    const [value] = inst.args;
    const made = info.func.code[value ?? -1];
    if (made?.op !== 'class') return;
    const methods = program.modules[info.module]?.classes[made.class]?.methods ?? [];
    const first = program.firstFunc[info.module] as number;
    const own = methods.filter(({ func }) => decorated.has(first + func));
    const all = own.length > 0 ? own : methods.filter(({ name }) => name === processorMethod);
    for (const { func } of all) {
      const node = linker.graph.node();
      linker.graph.add(node, linker.tokens.of('func', first + func));
      tell(queue, node, decorated.get(first + func));
    }
  });
}

/** Methods with a decorator that makes them process jobs, with the job's name if it has one. */
function decoratedMethods(linker: Linker): ReadonlyMap<number, string | undefined> {
  const found = new Map<number, string | undefined>();
  linker.program.instructions.each('call', (inst, info) => {
    if (!inst.isDecorator || !isBy(info, inst, queueDecorators.method)) return;
    const method = info.func.code[inst.args[0] ?? -1];
    if (method?.op !== 'func') return;
    const first = linker.program.firstFunc[info.module] as number;
    found.set(first + method.func, nameBy(linker, info, inst, queueDecorators.method));
  });
  return found;
}

function isBy({ func }: FuncInfo, { callee }: Call, decorator: string): boolean {
  const given = func.code[callee];
  const by = given?.op === 'call' ? func.code[given.callee] : undefined;
  return by?.op === 'import' && by.name === decorator;
}

/** The name in the argument of a decorator: `@Processor('audio')`, `@Process({ name: 'cut' })`. */
function nameBy(linker: Linker, info: FuncInfo, inst: Call, decorator: string): string | undefined {
  if (!isBy(info, inst, decorator)) return undefined;
  const given = info.func.code[inst.callee];
  const value = given?.op === 'call' ? given.args[0] : undefined;
  const options = info.func.code[value ?? -1];
  const at = options?.op === 'object' ? options.values[options.keys.indexOf('name')] : value;
  return at === undefined ? undefined : writtenText(linker, { info, value: at });
}
