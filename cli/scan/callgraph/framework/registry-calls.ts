import { maxResolverChain } from '../../budgets/callgraph.ts';
import type { Call, Inst } from '../../ir/ir.ts';
import { registryHost, registryPackages, wholeMembers } from '../../libraries/javascript/data/registries.ts';
import { resultInto } from '../calls.ts';
import type { Linker } from '../linker.ts';
import { type FuncInfo, languageAt } from '../program.ts';
import { Registry } from './registry.ts';
import { linkProviderObjects, type ProviderKind, provide, provideAs } from './registry-providers.ts';
import { giveAll, linkConstructors, linkFields } from './registry-takers.ts';

/** A call of a function that the models name `container.<Action>` or `context.<Action>`. */
interface RegistryCall {
  readonly linker: Linker;
  readonly registry: Registry;
  readonly info: FuncInfo;
  readonly inst: Inst & Call;
  readonly value: number;
}

type Action = (call: RegistryCall) => void;

const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['Take', take],
  ['PutValue', (call) => put(call, 'value')],
  ['PutClass', (call) => put(call, 'class')],
  ['PutExisting', (call) => put(call, 'existing')],
  ['PutProvider', putProvider],
  ['PutService', putService],
  ['PutResolvers', putResolvers],
  ['BindValue', (call) => bind(call, 'value')],
  ['BindClass', (call) => bind(call, 'class')],
  ['BindExisting', (call) => bind(call, 'existing')],
  ['BindFactory', (call) => bind(call, 'factory')],
  ['ResolverClass', ({ linker, registry, info, inst }) => giveFirst(linker, registry, info, inst)],
  ['ResolverFunction', ({ linker, registry, info, inst }) => giveFirst(linker, registry, info, inst)],
  ['Provider', showComponent],
  ['Component', showComponent],
]);

/**
 * Links dependency injection containers, and contexts such as those of React and Vue: a registered value flows to each
 * place that takes the value under the same key.
 */
export function linkRegistries(linker: Linker): void {
  const { program, graph, tokens } = linker;
  if (!program.instructions.some('import', ({ specifier }) => registryPackages.has(specifier))) return;
  const container = new Registry(linker);
  const named = stateNames(linker, container, new Registry(linker));
  linkProviderObjects(linker, container);
  linkFields(linker, container);
  linkConstructors(linker, container);
  const listen = (node: number, tell: (found: NamedState) => void): void => {
    // The graph may report a token twice.
    let told: NamedState | undefined;
    graph.listen(node, (token) => {
      const { kind, ref } = tokens.get(token);
      const found = kind === 'state' ? named(ref) : undefined;
      if (!found || found === told) return;
      told = found;
      tell(found);
    });
  };
  program.instructions.each('call', (inst, info, value) => {
    if (languageAt(program, info.module).host !== registryHost) return;
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
  program.instructions.each('member', ({ name }, info, value) => {
    if (!wholeMembers.has(name)) return;
    listen(info.firstValue + value, ({ action, registry }) => {
      if (action === 'All') graph.add(info.firstValue + value, registry.token);
    });
  });
}

interface NamedState {
  readonly action: string;
  readonly registry: Registry;
}

/** The action and the registry of a state that the models name `container.<Action>` or `context.<Action>`. */
function stateNames(
  linker: Linker,
  container: Registry,
  context: Registry,
): (state: number) => NamedState | undefined {
  const known = new Map<number, NamedState | undefined>();
  return (state) => {
    if (known.has(state)) return known.get(state);
    const [which, action] = linker.api(registryHost).states[state]?.type?.split('.') ?? [];
    const registry = which === 'container' ? container : which === 'context' ? context : undefined;
    const found = registry && action !== undefined ? { action, registry } : undefined;
    known.set(state, found);
    return found;
  };
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

/** The options of a typedi service that provide its value. */
const serviceEntries: readonly (readonly [name: string, kind: ProviderKind])[] = [
  ['type', 'class'],
  ['value', 'value'],
  ['factory', 'factory'],
];

/** `Container.set('users', users)`, `Container.set({ id: 'users', type: PgUsers })` */
function putService(call: RegistryCall): void {
  const { linker, registry, info, inst } = call;
  const options = info.func.code[inst.args[0] ?? -1];
  if (options?.op !== 'object') {
    put(call, 'value');
    return;
  }
  const entry = (name: string): number | undefined => options.values[options.keys.indexOf(name)];
  const key = entry('id');
  for (const [name, kind] of serviceEntries) {
    const value = entry(name);
    if (key !== undefined && value !== undefined) provide(linker, registry, info, key, kind, value);
  }
}

/** `bind(USERS).to(PgUsers)`: the key is the argument of the call that made the receiver. */
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
  for (let i = 0; inst?.op === 'call' && i < maxResolverChain; i++) {
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
  if (action === 'Inject') registry.take(info, given, info.firstValue + value);
  const [decorated] = inst.args;
  if (action !== 'Service' || decorated === undefined) return;
  const options = info.func.code[given];
  const key = options?.op === 'object' ? options.values[options.keys.indexOf('id')] : given;
  if (key !== undefined) provide(linker, registry, info, key, 'class', decorated);
}
