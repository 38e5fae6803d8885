import { hosts } from '../languages/language-id.ts';
import { type Api, isSameStep, type State, type StatesByName, type TemplateCall } from './api.ts';
import { type Conventions, conventionsOf } from './conventions.ts';
import { guessesOf } from './guessed-types.ts';
import type { Models } from './model.ts';
import { parsePath, type Step } from './parse-path.ts';
import { type Rows, RowsByType } from './rows-by-type.ts';
import { addTrait, noTraits } from './state-traits.ts';

/** Compiles models to an automaton. The states of a type are made when the type is first looked up. */
export function compileModels(all: readonly Models[]): Api {
  return new ModelGraph(all);
}

/** Compiles all rows, to validate them. Throws a RangeError that names the row if a path is invalid. */
export function checkModels(all: readonly Models[]): void {
  new ModelGraph(all).makeAll();
}

class ModelGraph implements Api {
  readonly states: State[] = [];
  readonly packages: StatesByName;
  readonly guesses: StatesByName;
  readonly prefixes: ReadonlySet<string>;
  readonly conventions: Conventions;
  readonly #rows: RowsByType;
  readonly #types = new Map<string, number>();
  /** States of a type that equal another state: `pg` Member[Client] Instance is a `pg.Client`. */
  readonly #also: (number[] | undefined)[] = [];
  readonly #made = new Set<string>();
  readonly #closed: (number[] | undefined)[] = [];
  readonly #steps = new Map<string, readonly Step[]>();

  /** The number of the next state. */
  #next: number;

  constructor(all: readonly Models[]) {
    // Templates mix values of one language with code of another, so each language has state numbers of its own.
    this.#next = Math.max(0, all[0] ? hosts.indexOf(all[0].language) : 0);
    this.#rows = new RowsByType(all);
    this.prefixes = this.#rows.prefixes();
    this.conventions = conventionsOf(all);
    this.packages = {
      size: this.#rows.size,
      has: (name) => this.#rows.has(name),
      get: (name) => this.#statesOf(name),
    };
    this.guesses = guessesOf(all, (type) => this.#statesOf(type) ?? none);
  }

  makeAll(): void {
    for (const type of this.#rows.types()) this.#statesOf(type);
  }

  #statesOf(type: string): readonly number[] | undefined {
    if (!this.#rows.has(type)) return undefined;
    this.#make(type);
    return this.#close([this.#typed(type)]);
  }

  /** Makes the states of a type, and of all types that are reachable from it. */
  #make(type: string): void {
    if (this.#made.has(type)) return;
    const first = this.#next;
    const waiting = [type];
    const made: string[] = [];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (this.#made.has(next)) continue;
      this.#made.add(next);
      made.push(next);
      for (const rows of this.#rows.of(next)) {
        this.#makeRows(next, rows);
        for (const [other] of rows.types) waiting.push(other);
      }
    }
    // A deep trait is for all that is below, and each state is below one type only until its steps are closed.
    for (const one of made) this.#addTraits(one);
    for (let id = first; id < this.#next; id += hosts.length) this.#closeSteps(this.states[id] as State);
  }

  #makeRows(type: string, rows: Rows): void {
    for (const [other, path] of rows.types) {
      const id = this.#typed(other);
      for (const state of this.#walk(type, path)) {
        const list = this.#also[state.id];
        if (list) list.push(id);
        else this.#also[state.id] = [id];
      }
    }
    for (const [path, kind, when] of rows.sources)
      for (const state of this.#walk(type, path)) own(state, 'sources').push({ kind, when });
    for (const [path, kind, when] of rows.sinks)
      for (const state of this.#walk(type, path)) own(state, 'sinks').push(when ? { kind, when } : { kind });
    for (const [path, kinds, when] of rows.sanitizers)
      for (const state of this.#walk(type, path)) own(state, 'clean').push({ kinds, when });
    for (const [path, kinds] of rows.guards)
      for (const state of this.#walk(type, path)) own(state, 'guards').push(kinds);
    for (const [path, from, to, kind, when] of rows.summaries) {
      const summary = {
        from: this.#stepsOf(from),
        to: this.#stepsOf(to),
        whole: kind === 'value',
        doubtful: kind === 'doubtful',
        when,
      };
      for (const state of this.#walk(type, path)) own(state, 'summaries').push(summary);
    }
    for (const [path, name, context] of rows.templates) {
      const call: TemplateCall = { name: parsePath(name)[0] as Step, context: templateContext(context) };
      for (const state of this.#walk(type, path)) own(state, 'templates').push(call);
    }
    for (const [path] of rows.templateGlobals)
      for (const state of this.#walk(type, path)) state.isSeenByTemplates = true;
    for (const [path] of rows.shared) for (const state of this.#walk(type, path)) state.isShared = true;
  }

  #addTraits(type: string): void {
    for (const { traits } of this.#rows.of(type))
      for (const [path, trait, reach] of traits)
        for (const state of this.#walk(type, path)) addTrait(this.states, state, trait, reach === 'deep');
  }

  #walk(type: string, path: string): State[] {
    let found = [this.states[this.#typed(type)] as State];
    for (const step of this.#stepsOf(path)) {
      const next: State[] = [];
      for (const state of found) this.#follow(state, step, next);
      found = next;
    }
    return found;
  }

  #typed(name: string): number {
    const known = this.#types.get(name);
    if (known !== undefined) return known;
    const id = this.#create(name, name);
    this.#types.set(name, id);
    return id;
  }

  #stepsOf(path: string): readonly Step[] {
    let steps = this.#steps.get(path);
    if (!steps) {
      steps = parsePath(path);
      this.#steps.set(path, steps);
    }
    return steps;
  }

  #create(name: string, type?: string): number {
    const id = this.#next;
    this.#next += hosts.length;
    this.states[id] = {
      id,
      name,
      type,
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
      traits: noTraits,
    };
    return id;
  }

  /** Appends the successors of a state by a step. Makes them if there are none yet. */
  #follow(state: State, step: Step, found: State[]): void {
    switch (step.kind) {
      case 'awaited':
        found.push(state);
        return;
      case 'return':
        found.push(this.#first(state.returns) ?? this.#add(own(state, 'returns'), `${state.name}()`));
        return;
      case 'instance':
        found.push(this.#first(state.instance) ?? this.#add(own(state, 'instance'), `new ${state.name}`));
        return;
      case 'any-member':
        found.push(this.#first(state.anyMember) ?? this.#add(own(state, 'anyMember'), `${state.name}.*`));
        return;
      case 'member':
        if (state.members === noMembers) state.members = new Map();
        for (const name of step.names) {
          let list = state.members.get(name);
          if (!list) {
            list = [];
            state.members.set(name, list);
          }
          found.push(this.#first(list) ?? this.#add(list, `${state.name}.${name}`));
        }
        return;
      case 'argument':
      case 'parameter': {
        const which = step.kind === 'argument' ? 'args' : 'params';
        const { indices, from, names, self } = step;
        const same = state[which].find((other) => isSameStep(other, step));
        const to = same?.to ?? [];
        if (!same) own(state, which).push({ indices, from, names, self, to });
        const what = names[0] ?? indices[0] ?? from ?? 'this';
        found.push(this.#first(to) ?? this.#add(to, `${state.name} ${step.kind} ${what}`));
        return;
      }
    }
  }

  #first(list: readonly number[]): State | undefined {
    return list.length === 0 ? undefined : this.states[list[0] as number];
  }

  #add(list: number[], name: string): State {
    const id = this.#create(name);
    list.push(id);
    return this.states[id] as State;
  }

  /** States, with the states of all types that they also are: a type may be defined as a member of another. */
  #close(ids: number[]): number[] {
    const [first] = ids;
    if (first === undefined) return ids;
    return ids.length === 1 ? this.#closureOf(first) : [...new Set(ids.flatMap((id) => this.#closureOf(id)))];
  }

  #closureOf(id: number): number[] {
    const known = this.#closed[id];
    if (known) return known;
    const all = [id];
    // `all` grows during the iteration. It has each state once, so the loop ends.
    for (const one of all)
      for (const other of this.#also[one] ?? none) if (!all.includes(other)) all.push(other);
    this.#closed[id] = all;
    return all;
  }

  #closeSteps(state: State): void {
    if (state.members.size > 0)
      for (const [name, ids] of state.members) state.members.set(name, this.#close(ids));
    state.anyMember = this.#close(state.anyMember);
    state.returns = this.#close(state.returns);
    state.instance = this.#close(state.instance);
    for (const step of state.args) step.to = this.#close(step.to);
    for (const step of state.params) step.to = this.#close(step.to);
  }
}

/** Shared by the empty lists of most states. It must not be mutated. */
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

/** The list of a state, made mutable before something is added to it. */
function own<K extends keyof Lists>(state: State, key: K): State[K] {
  const lists: Record<keyof Lists, unknown[]> = state;
  if (lists[key] === none) lists[key] = [];
  return state[key];
}

function templateContext(text: string): TemplateCall['context'] {
  if (text === 'loads' || text === 'returns') return text;
  const words = text.split(' ');
  return {
    positional: words.filter((word) => word !== 'keywords').flatMap((word) => parsePath(word)),
    keywords: words.includes('keywords'),
  };
}
