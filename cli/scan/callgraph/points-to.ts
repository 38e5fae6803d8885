import type { Api, State } from '../models/api.ts';
import { callableOf } from './dispatch/callable-instances.ts';
import type { Linker } from './linker.ts';
import { symbolName } from './members.ts';
import type { TokenKind } from './tokens.ts';

/** The points-to set of a value after linking, by kind. */
export interface PointsTo {
  readonly states: readonly State[];
  readonly classes: readonly number[];
  readonly instances: readonly number[];
  /** Functions as they are: without bound arguments, and not methods read from their class. */
  readonly own: readonly number[];
  /** All functions that a call of the value can run, except the constructors of classes. */
  readonly functions: readonly number[];
  /** The member name that the value stands for as a key, if it is certainly one symbol. */
  readonly symbol: string | undefined;
}

const none: readonly never[] = [];
const nothing: PointsTo = {
  states: none,
  classes: none,
  instances: none,
  own: none,
  functions: none,
  symbol: undefined,
};

/** The points-to sets of all values. Results are cached: queries are frequent, and most sets are empty or shared. */
export class PointsToSets {
  readonly #linker: Linker;
  /** By node: the points-to set, or undefined if it has not been queried yet. */
  readonly found: (PointsTo | undefined)[];
  /** By class: the functions that a call of an instance runs. */
  readonly #called: readonly (readonly number[])[];
  /** By module: results for token lists, by list id. Modules of one language share them. */
  readonly #ofLists: readonly (PointsTo | undefined)[][];

  constructor(linker: Linker) {
    const { program, graph } = linker;
    this.#linker = linker;
    this.#called = program.classes.map(({ id }) => callableOf(linker, id));
    const shared = new Map<Api, (PointsTo | undefined)[]>();
    this.#ofLists = program.modules.map((_, module) => {
      const api = linker.apiOf(module);
      const known = shared.get(api) ?? new Array<undefined>(graph.lists).fill(undefined);
      shared.set(api, known);
      return known;
    });
    this.found = new Array<PointsTo | undefined>(program.values).fill(nothing);
    for (let node = 0; node < program.values; node++)
      if (graph.list(node).id !== 0) this.found[node] = undefined;
  }

  find(func: number, value: number): PointsTo {
    const { firstValue, module } = this.#linker.func(func);
    const node = firstValue + value;
    const known = this.found[node];
    if (known) return known;
    const { id, tokens } = this.#linker.graph.list(node);
    const ofLists = this.#ofLists[module] as (PointsTo | undefined)[];
    const found = ofLists[id] ?? this.#sorted(this.#linker.apiOf(module), tokens);
    ofLists[id] = found;
    this.found[node] = found;
    return found;
  }

  #sorted(api: Api, all: readonly number[]): PointsTo {
    const { tokens } = this.#linker;
    const refs = new Map<TokenKind, number[]>();
    for (const number of all) {
      const { kind, ref } = tokens.get(number);
      const known = refs.get(kind);
      if (known) known.push(ref);
      else refs.set(kind, [ref]);
    }
    const own = refs.get('func') ?? none;
    const instances = refs.get('instance') ?? none;
    const symbols = refs.get('symbol') ?? none;
    return {
      states: (refs.get('state') ?? none).flatMap((id) => api.states[id] ?? []),
      classes: refs.get('class') ?? none,
      instances,
      own,
      functions: [
        ...own,
        ...(refs.get('unbound') ?? none),
        ...(refs.get('bound') ?? none),
        ...instances.flatMap((owner) => this.#called[owner] ?? none),
      ],
      symbol: symbols.length === 1 ? symbolName(tokens.of('symbol', symbols[0] as number)) : undefined,
    };
  }
}
