import { maxQueueArguments, maxQueueWorkers } from '../../budgets/callgraph.ts';
import type { Call, Inst } from '../../ir/ir.ts';
import {
  type JobLibrary,
  jobLibraries,
  queueModules,
  workerClasses,
} from '../../libraries/javascript/http/job-queues.ts';
import type { Linker } from '../linker.ts';
import type { FuncInfo } from '../program.ts';
import { writtenOrigin, writtenText } from '../written-origin.ts';
import { eachProcessor, type QueueField, queueFields } from './job-processors.ts';

/** A function that processes the jobs of a queue, or only those with one name. */
interface Worker {
  readonly library: JobLibrary;
  readonly node: number;
  readonly job: string | undefined;
}

const byPackage: ReadonlyMap<string, JobLibrary> = new Map(
  jobLibraries.flatMap((one) => one.packages.map((name) => [name, one] as const)),
);
const adding: ReadonlySet<string> = new Set(jobLibraries.flatMap(({ adds }) => [...adds.keys()]));
const working: ReadonlySet<string> = new Set(jobLibraries.flatMap(({ works }) => [...works.keys()]));

/** Links job queues: the data of an added job flows to the functions that process the queue of the same name. */
export function linkJobQueues(linker: Linker): void {
  const { program } = linker;
  if (
    !program.instructions.some(
      'import',
      ({ specifier }) => byPackage.has(specifier) || queueModules.has(specifier),
    )
  )
    return;
  const fields = queueFields(linker);
  const workers = new Map<string, Worker[]>();
  const note = (queue: string, worker: Worker): void => {
    const known = workers.get(queue) ?? [];
    workers.set(queue, known);
    if (known.length < maxQueueWorkers) known.push(worker);
  };
  const [named] = jobLibraries;
  if (named)
    eachProcessor(linker, (queue, node, job) => {
      note(queue, { library: named, node, job });
    });
  program.instructions.each('call', (inst, info) => {
    const made = workerClass(info, inst);
    const [first, handler] = inst.args;
    const name = made && first !== undefined ? writtenText(linker, { info, value: first }) : undefined;
    if (made && name !== undefined && handler !== undefined)
      note(name, { library: made, node: info.firstValue + handler, job: undefined });
    const found = methodOf(linker, fields, info, inst, working);
    const last = inst.args.at(-1);
    if (!found || last === undefined) return;
    const job = nameAt(linker, info, inst, found.library.works.get(found.method) ?? 0);
    const queue = found.library.isNamed ? found.queue : job;
    if (queue !== undefined)
      note(queue, {
        library: found.library,
        node: info.firstValue + last,
        job: found.library.isNamed ? job : undefined,
      });
  });
  if (workers.size === 0) return;
  program.instructions.each('call', (inst, info, value) => {
    const found = methodOf(linker, fields, info, inst, adding);
    if (!found) return;
    const { library, method } = found;
    const at = library.adds.get(method) ?? 0;
    const isMany = method === library.addsMany;
    const job = isMany ? undefined : nameAt(linker, info, inst, at);
    const data = job === undefined && library.isNamed && (isMany || inst.args.length < 2) ? at : at + 1;
    const queue = library.isNamed ? found.queue : job;
    if (queue === undefined || inst.args[data] === undefined) return;
    for (const worker of workers.get(queue) ?? []) {
      if (worker.library !== library) continue;
      if (worker.job !== undefined && job !== undefined && worker.job !== job) continue;
      handJob(linker, info.firstValue + value, worker, data, isMany);
    }
  });
}

function handJob(
  linker: Linker,
  call: number,
  { library, node }: Worker,
  data: number,
  isMany: boolean,
): void {
  const job = { data: library.data, isBatch: library.isBatch === true, isMany };
  linker.graph.listen(node, (token) => {
    const { kind, ref } = linker.tokens.get(token);
    if (kind === 'func' || kind === 'bound')
      linker.addTarget(call, { func: ref, makes: -1, shift: data, job });
  });
}

/** `new Worker('thumbnails', handler)` */
function workerClass(info: FuncInfo, inst: Inst & Call): JobLibrary | undefined {
  const callee = inst.isNew ? importOf(info, inst.callee) : undefined;
  return callee && workerClasses.has(`${callee.specifier}.${callee.name}`)
    ? byPackage.get(callee.specifier)
    : undefined;
}

/** The name of a job or queue that an argument certainly is. */
function nameAt(linker: Linker, info: FuncInfo, inst: Call, at: number): string | undefined {
  const value = inst.args[at];
  return value === undefined ? undefined : writtenText(linker, { info, value });
}

interface QueueMethod {
  readonly library: JobLibrary;
  readonly queue: string | undefined;
  readonly method: string;
}

/** The queue and the method of a call, if it has one of these names and its receiver is a queue. */
function methodOf(
  linker: Linker,
  fields: ReadonlyMap<string, QueueField>,
  info: FuncInfo,
  inst: Call,
  methods: ReadonlySet<string>,
): QueueMethod | undefined {
  const callee = info.func.code[inst.callee];
  if (callee?.op !== 'member' || !methods.has(callee.name)) return undefined;
  const held = info.func.code[callee.object];
  const owner = held?.op === 'member' ? info.func.code[held.object] : undefined;
  const field =
    held?.op === 'member' && owner?.op === 'this'
      ? fields.get(`${info.module} ${info.func.class} ${held.name}`)
      : undefined;
  const [library] = jobLibraries;
  if (field && 'name' in field) return library && { library, queue: field.name, method: callee.name };
  const made = field?.made ?? writtenOrigin(linker, { info, value: callee.object });
  const call = made.info.func.code[made.value];
  if (call?.op !== 'call' || call.args.length > maxQueueArguments) return undefined;
  const maker = importOf(made.info, call.callee);
  const found = maker && byPackage.get(maker.specifier);
  if (!found || !maker || !found.queues.includes(maker.name)) return undefined;
  return { library: found, queue: nameAt(linker, made.info, call, 0), method: callee.name };
}

/** `Queue`, or `bull.Queue` after `import * as bull`. */
function importOf(
  { func }: FuncInfo,
  value: number,
): { readonly specifier: string; readonly name: string } | undefined {
  const inst = func.code[value];
  if (inst?.op === 'import') return inst;
  const module = inst?.op === 'member' ? func.code[inst.object] : undefined;
  return inst?.op === 'member' && module?.op === 'import'
    ? { specifier: module.specifier, name: inst.name }
    : undefined;
}
