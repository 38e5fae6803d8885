import type { Call, Inst } from '../ir/ir.ts';
import { registryPackages } from '../model/data/javascript/registries.ts';
import { resultInto } from './calls.ts';
import type { Linker } from './linker.ts';
import type { FuncInfo } from './program.ts';
import { Registry } from './registry.ts';
import {
  giveAll,
  linkConstructors,
  linkFields,
  linkProviderObjects,
  type ProviderKind,
  provide,
  provideAs,
} from './registry-providers.ts';

/** A call of what the models name `registry.<which>.<action>`. */
interface RegistryCall {
  readonly linker: Linker;
  readonly registry: Registry;
  readonly info: FuncInfo;
  readonly inst: Inst & Call;
  readonly value: number;
}

type Action = (call: RegistryCall) => void;

/** Methods that say how long what a resolver makes lives: `asClass(Users).singleton()`. */
const maxChained = 6;

const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['take', take],
  ['put-value', (call) => put(call, 'value')],
  ['put-class', (call) => put(call, 'class')],
  ['put-existing', (call) => put(call, 'existing')],
  ['put-provider', putProvider],
  ['put-resolvers', putResolvers],
  ['bind-value', (call) => bind(call, 'value')],
  ['bind-class', (call) => bind(call, 'class')],
  ['bind-existing', (call) => bind(call, 'existing')],
  ['bind-factory', (call) => bind(call, 'factory')],
  ['resolver-class', ({ linker, registry, info, inst }) => giveFirst(linker, registry, info, inst)],
  ['resolver-function', ({ linker, registry, info, inst }) => giveFirst(linker, registry, info, inst)],
  ['provider', showComponent],
  ['component', showComponent],
]);

/** Links what one place registers under a key to those that take it out by that key. */
export function linkRegistries(linker: Linker): void {
  const { program, graph, tokens } = linker;
  if (!program.instructions.some('import', ({ specifier }) => registryPackages.has(specifier))) return;
  const container = new Registry(linker);
  const named = namedStates(linker, container, new Registry(linker));
  linkProviderObjects(linker, container);
  linkFields(linker, container);
  linkConstructors(linker, container);
  const listen = (node: number, tell: (found: NamedState) => void): void => {
    graph.listen(node, (token) => {
      const { kind, ref } = tokens.get(token);
      const found = kind === 'state' ? named.get(ref) : undefined;
      if (found && linker.isFirst(node, token, 'registry')) tell(found);
    });
  };
  program.instructions.each('call', (inst, info, value) => {
    if (program.modules[info.module]?.language === 'python') return;
    const inner = inst.isDecorator ? info.func.code[inst.callee] : undefined;
    if (inner?.op === 'call')
      listen(info.firstValue + inner.callee, ({ action, registry }) =>
        decorate({ linker, registry, info, inst, value }, inner, action),
      );
    else
      listen(info.firstValue + inst.callee, ({ action, registry }) =>
        actions.get(action)?.({ linker, registry, info, inst, value }),
      );
  });
  program.instructions.each('member', (_, info, value) => {
    listen(info.firstValue + value, ({ action, registry }) => {
      if (action === 'all') graph.add(info.firstValue + value, registry.token);
    });
  });
}

interface NamedState {
  readonly action: string;
  readonly registry: Registry;
}

function namedStates(
  linker: Linker,
  container: Registry,
  context: Registry,
): ReadonlyMap<number, NamedState> {
  const named = new Map<number, NamedState>();
  for (const { id, name } of linker.api('javascript').states) {
    const [first, which, action, more] = name.split('.');
    if (first === 'registry' && action !== undefined && more === undefined)
      named.set(id, { action, registry: which === 'context' ? context : container });
  }
  return named;
}

function take({ linker, registry, info, inst, value }: RegistryCall): void {
  const [key] = inst.args;
  if (key === undefined) return;
  registry.take(info, key, info.firstValue + value);
  registry.keys(info, key, (name) => {
    linker.registered.takes(info.firstValue + value, registry.token, name);
  });
}

function put(call: RegistryCall, kind: ProviderKind): void {
  const [key, value] = call.inst.args;
  const { linker, registry, info } = call;
  if (key !== undefined && value !== undefined) {
    provide(linker, registry, info, key, kind, value);
    if (kind === 'value') notePut(call, key, 1);
  }
}

function notePut({ linker, registry, info, value }: RegistryCall, key: number, arg: number): void {
  registry.keys(info, key, (name) => {
    linker.registered.puts(info.firstValue + value, registry.token, name, arg);
  });
}

function putProvider({ linker, registry, info, inst }: RegistryCall): void {
  const [key, options] = inst.args;
  const object = info.func.code[options ?? -1];
  if (key !== undefined && object?.op === 'object') provideAs(linker, registry, info, object, key);
}

/** `bind(USERS).to(PgUsers)`: the key was given to the call before. */
function bind({ linker, registry, info, inst }: RegistryCall, kind: ProviderKind): void {
  const callee = info.func.code[inst.callee];
  const binding = callee?.op === 'member' ? info.func.code[callee.object] : undefined;
  const [key] = binding?.op === 'call' ? binding.args : [];
  const [value] = inst.args;
  if (key !== undefined && value !== undefined) provide(linker, registry, info, key, kind, value);
}

/** `register({ users: asClass(PgUsers) })`, `register('users', asClass(PgUsers))` */
function putResolvers({ linker, registry, info, inst }: RegistryCall): void {
  const [first, second] = inst.args;
  const object = info.func.code[first ?? -1];
  if (object?.op === 'object')
    object.keys.forEach((key, i) => {
      const value = object.values[i];
      if (typeof key === 'string' && value !== undefined)
        registry.putNamed(key, (to) => resolvedInto(linker, info, value, to));
    });
  else if (first !== undefined && second !== undefined)
    registry.put(info, first, (to) => resolvedInto(linker, info, second, to));
}

function resolvedInto(linker: Linker, info: FuncInfo, resolver: number, to: number): void {
  let inst = info.func.code[resolver];
  for (let i = 0; inst?.op === 'call' && i < maxChained; i++) {
    const callee: Inst | undefined = info.func.code[inst.callee];
    const [given] = inst.args;
    const name = callee?.op === 'import' || callee?.op === 'member' ? callee.name : '';
    if (given !== undefined && /^as(?:Class|Function|Value)$/.test(name)) {
      if (name === 'asValue') linker.graph.edge(info.firstValue + given, to);
      else resultInto(linker, info.firstValue + given, to);
      return;
    }
    inst = callee?.op === 'member' ? info.func.code[callee.object] : undefined;
  }
}

function giveFirst(linker: Linker, registry: Registry, info: FuncInfo, { args }: Call): void {
  const [made] = args;
  if (made !== undefined) giveAll(linker, registry, info, made);
}

/** `<Note.Provider value={note}>`, and React 19's `<Note value={note}>`. */
function showComponent(call: RegistryCall): void {
  const { linker, registry, info, inst } = call;
  const callee = info.func.code[inst.callee];
  const props = info.func.code[inst.args[0] ?? -1];
  if (props?.op !== 'object') return;
  const value = props.values[props.keys.indexOf('value')];
  if (value === undefined) return;
  const key = callee?.op === 'member' && callee.name === 'Provider' ? callee.object : inst.callee;
  provide(linker, registry, info, key, 'value', value);
  registry.keys(info, key, (name) => {
    linker.registered.puts(info.firstValue + call.value, registry.token, name, 0, 'value');
  });
}

/** `@Inject(USERS) users`, `@Service('users') class PgUsers` */
function decorate({ linker, registry, info, inst, value }: RegistryCall, inner: Call, action: string): void {
  const [given] = inner.args;
  if (given === undefined) return;
  if (action === 'inject') registry.take(info, given, info.firstValue + value);
  const [decorated] = inst.args;
  if (action !== 'service' || decorated === undefined) return;
  const options = info.func.code[given];
  const key = options?.op === 'object' ? options.values[options.keys.indexOf('id')] : given;
  if (key !== undefined) provide(linker, registry, info, key, 'class', decorated);
}
