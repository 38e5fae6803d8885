import type { Condition, Models, SinkKind, SourceKind } from './model.ts';
import { parsePath, type Step } from './parse-path.ts';

/**
 * The models of one language as a graph: a state is what a value of a library can be (`pg`, its class
 * `Client`, an instance, its method `query`, that method's first argument), and steps lead from one to the
 * next. A value carries the numbers of its states; following `x.query` or a call is a look-up.
 */
export interface Api {
  readonly states: readonly State[];
  /** The states of a package (`pg`), or none. */
  readonly packages: ReadonlyMap<string, readonly number[]>;
  /** The beginnings of packages with dots: `xml` and `xml.etree` of `xml.etree.ElementTree`. */
  readonly prefixes: ReadonlySet<string>;
  /** States of values of which only the name is known. */
  readonly guesses: ReadonlyMap<string, readonly number[]>;
}

export interface State {
  readonly id: number;
  /** `pg.Client.query`, for messages. */
  readonly name: string;
  members: Map<string, number[]>;
  anyMember: number[];
  returns: number[];
  instance: number[];
  readonly args: ArgStep[];
  readonly params: ArgStep[];
  /** What the models say of a value in this state. */
  readonly sources: { readonly kind: SourceKind; readonly when: Condition | undefined }[];
  readonly sinks: { readonly kind: SinkKind; readonly when?: Condition }[];
  readonly clean: {
    readonly kinds: readonly SinkKind[] | 'all' | 'tags' | 'dn';
    readonly when: Condition | undefined;
  }[];
  readonly guards: (readonly SinkKind[] | 'all')[];
  readonly summaries: {
    readonly from: readonly Step[];
    readonly to: readonly Step[];
    readonly whole: boolean;
    readonly doubtful: boolean;
    readonly when: Condition | undefined;
  }[];
  readonly templates: TemplateCall[];
  /** All templates see the members of a value in this state. */
  isSeenByTemplates: boolean;
  /** It is the same object in all functions. */
  isShared: boolean;
}

/** How a function that renders templates is called. */
export interface TemplateCall {
  readonly name: Step;
  /** With `loads` it returns what renders; with `returns` what it decorates returns the context. */
  readonly context: TemplateContext | 'loads' | 'returns';
}

/** The arguments that make up what a template is given. */
export interface TemplateContext {
  readonly positional: readonly Step[];
  readonly keywords: boolean;
}

export interface ArgStep {
  readonly indices: readonly number[];
  /** All positions from this one on. */
  readonly from: number | undefined;
  readonly names: readonly string[];
  readonly self: boolean;
  to: number[];
}

/** Builds the graph. Throws a RangeError that names the row, for a path that cannot be read. */
export function compileModels(all: readonly Models[]): Api {
  const states: State[] = [];
  const types = new Map<string, number>();
  /** Where a type's own state is reached as well: `pg` Member[Client] Instance is a `pg.Client`. */
  const also = new Map<number, number[]>();
  const guesses = new Map<string, number[]>();

  const create = (name: string): number =>
    states.push({
      id: states.length,
      name,
      members: noMembers,
      anyMember: none,
      returns: none,
      instance: none,
      args: none,
      params: none,
      sources: none,
      sinks: none,
      clean: none,
      guards: none,
      summaries: none,
      templates: none,
      isSeenByTemplates: false,
      isShared: false,
    }) - 1;
  const typed = (name: string): number => {
    const known = types.get(name);
    if (known !== undefined) return known;
    const id = create(name);
    types.set(name, id);
    return id;
  };
  const parsed = new Map<string, readonly Step[]>();
  const stepsOf = (path: string): readonly Step[] => {
    let steps = parsed.get(path);
    if (!steps) {
      steps = parsePath(path);
      parsed.set(path, steps);
    }
    return steps;
  };
  const walk = (type: string, path: string): State[] =>
    stepsOf(path).reduce<State[]>(
      (from, step) => from.flatMap((state) => follow(states, create, state, step)),
      [states[typed(type)] as State],
    );

  for (const models of all) {
    for (const [type, from, path] of models.types ?? []) {
      for (const state of walk(from, path)) {
        const list = also.get(state.id);
        if (list) list.push(typed(type));
        else also.set(state.id, [typed(type)]);
      }
    }
    for (const [type, path, kind, when] of models.sources ?? [])
      for (const state of walk(type, path)) own(state, 'sources').push({ kind, when });
    for (const [type, path, kind, when] of models.sinks ?? []) {
      for (const state of walk(type, path)) own(state, 'sinks').push(when ? { kind, when } : { kind });
    }
    for (const [type, path, kinds, when] of models.sanitizers ?? [])
      for (const state of walk(type, path)) own(state, 'clean').push({ kinds, when });
    for (const [type, path, kinds] of models.guards ?? [])
      for (const state of walk(type, path)) own(state, 'guards').push(kinds);
    for (const [type, path, from, to, kind, when] of models.summaries ?? []) {
      for (const state of walk(type, path)) {
        own(state, 'summaries').push({
          from: parsePath(from),
          to: parsePath(to),
          whole: kind === 'value',
          doubtful: kind === 'doubtful',
          when,
        });
      }
    }
    for (const [type, path, name, context] of models.templates ?? []) {
      const call: TemplateCall = { name: parsePath(name)[0] as Step, context: templateContext(context) };
      for (const state of walk(type, path)) own(state, 'templates').push(call);
    }
    for (const [type, path] of models.templateGlobals ?? [])
      for (const state of walk(type, path)) state.isSeenByTemplates = true;
    for (const [type, path] of models.shared ?? [])
      for (const state of walk(type, path)) state.isShared = true;
    for (const [type, names] of models.guesses ?? []) {
      for (const name of names) guesses.set(name, [...(guesses.get(name) ?? []), typed(type)]);
    }
  }

  const closed = closure(states.length, also);
  for (const state of states) closeSteps(state, closed);
  const packages = new Map([...types].map(([name, id]) => [name, closed(id)]));
  for (const [name, ids] of guesses) guesses.set(name, [...new Set(ids.flatMap((id) => closed(id)))]);
  const prefixes = new Set<string>();
  for (const name of packages.keys()) {
    for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1))
      prefixes.add(name.slice(0, dot));
  }
  return { states, packages, prefixes, guesses };
}

function follow(states: State[], create: (name: string) => number, state: State, step: Step): State[] {
  const known = (list: readonly number[]): State | undefined => states[list[0] ?? -1];
  const made = (list: number[], name: string): State => {
    const id = create(name);
    list.push(id);
    return states[id] as State;
  };
  switch (step.kind) {
    case 'awaited':
      return [state];
    case 'return':
      return [known(state.returns) ?? made(own(state, 'returns'), `${state.name}()`)];
    case 'instance':
      return [known(state.instance) ?? made(own(state, 'instance'), `new ${state.name}`)];
    case 'any-member':
      return [known(state.anyMember) ?? made(own(state, 'anyMember'), `${state.name}.*`)];
    case 'member': {
      if (state.members === noMembers) state.members = new Map();
      return step.names.map((name) => {
        const list = state.members.get(name) ?? [];
        state.members.set(name, list);
        return known(list) ?? made(list, `${state.name}.${name}`);
      });
    }
    case 'argument':
    case 'parameter': {
      const which = step.kind === 'argument' ? 'args' : 'params';
      const same = state[which].find((other) => sameArgs(other, { from: undefined, ...step }));
      const { indices, from, names, self } = step;
      const to = same?.to ?? [];
      if (!same) own(state, which).push({ indices, from, names, self, to });
      return [
        known(to) ?? made(to, `${state.name} ${step.kind} ${names[0] ?? indices[0] ?? from ?? 'this'}`),
      ];
    }
  }
}

/** What most states have none of they share; nothing can be put into it. */
const none: never[] = [];
Object.freeze(none);
const noMembers: Map<string, number[]> = new Map();

type Lists = Pick<
  State,
  | 'anyMember'
  | 'returns'
  | 'instance'
  | 'args'
  | 'params'
  | 'sources'
  | 'sinks'
  | 'clean'
  | 'guards'
  | 'summaries'
  | 'templates'
>;

/** A list of a state that something is to be put into. */
function own<K extends keyof Lists>(state: State, key: K): State[K] {
  const lists: Partial<Lists> = state;
  if (lists[key] === none) Object.assign(state, { [key]: [] });
  return state[key];
}

function sameArgs(a: ArgStep, b: Omit<ArgStep, 'to'>): boolean {
  return (
    a.from === b.from &&
    a.self === b.self &&
    a.indices.join() === b.indices.join() &&
    a.names.join() === b.names.join()
  );
}

function templateContext(text: string): TemplateCall['context'] {
  if (text === 'loads' || text === 'returns') return text;
  const words = text.split(' ');
  return {
    positional: words.filter((word) => word !== 'keywords').flatMap((word) => parsePath(word)),
    keywords: words.includes('keywords'),
  };
}

/** A state with all the types that it also is, as a type may be defined as another's member. */
function closure(count: number, also: ReadonlyMap<number, readonly number[]>): (id: number) => number[] {
  const done: (number[] | undefined)[] = new Array(count);
  return (id) => {
    const known = done[id];
    if (known) return known;
    const all = [id];
    // `all` grows while it is walked; it holds each state once, so that this ends.
    for (const one of all) for (const other of also.get(one) ?? []) if (!all.includes(other)) all.push(other);
    done[id] = all;
    return all;
  };
}

function closeSteps(state: State, closed: (id: number) => number[]): void {
  const close = (ids: number[]): number[] => {
    const [first] = ids;
    if (first === undefined) return ids;
    return ids.length === 1 ? closed(first) : [...new Set(ids.flatMap(closed))];
  };
  for (const [name, ids] of state.members) state.members.set(name, close(ids));
  state.anyMember = close(state.anyMember);
  state.returns = close(state.returns);
  state.instance = close(state.instance);
  for (const step of state.args) step.to = close(step.to);
  for (const step of state.params) step.to = close(step.to);
}

/** Whether an argument or parameter step is of this position or name. Position -1 is the receiver. */
export function isStepOf(step: ArgStep, position: number, name: string | null): boolean {
  if (position === -1) return step.self;
  if (name !== null) return step.names.includes(name) || step.names.includes('*');
  return step.indices.includes(position) || (step.from !== undefined && position >= step.from);
}
