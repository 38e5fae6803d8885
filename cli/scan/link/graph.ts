import { NumberLists } from './number-lists.ts';
import { emptyList, type TokenList, withToken } from './token-list.ts';

/** More things than this one value can hardly be: what comes after is left out. */
const maxTokens = 12;
/** But a table of handlers holds many functions. */
const maxHandlers = 64;

/**
 * A graph of nodes that hold tokens, and of edges along which all tokens flow. Listeners are told of each
 * token that arrives at their node (once or twice), those that are there already included, and may add nodes, edges and
 * tokens. Order of arrival is the order of what was added, so that the same program gives the same graph.
 */
export class Graph {
  readonly #held: (TokenList | undefined)[] = [];
  readonly #nothing = emptyList();
  #edges = new NumberLists();
  #listeners: (((token: number) => void)[] | undefined)[] = [];
  /** Nodes and the tokens that have arrived there. */
  #queue: number[] = [];
  readonly #isFunction: (token: number) => boolean;
  /** How many functions a node holds, where that is more than others. */
  readonly #tables: (number | undefined)[] = [];
  #nodes: number;
  /** All that was done: the budget is for each edge and listener too, which listeners may add without end. */
  #steps = 0;
  #isRunning = false;
  /** How many listeners were told of a token while another one was. */
  #depth = 0;
  readonly #waiting: { readonly listener: (token: number) => void; readonly token: number }[] = [];

  /** @param isFunction whether a token stands for a function that is no method */
  constructor(nodes: number, isFunction: (token: number) => boolean) {
    this.#nodes = nodes;
    this.#isFunction = isFunction;
  }

  node(): number {
    return this.#nodes++;
  }

  /** Says that a node may be a table of handlers, or what is read from one: it holds more functions than others. */
  table(node: number, most: number = maxHandlers): void {
    this.#tables[node] = most;
  }

  tokens(node: number): readonly number[] {
    return (this.#held[node] ?? this.#nothing).tokens;
  }

  add(node: number, token: number): void {
    const held = this.#held[node] ?? this.#nothing;
    const { tokens } = held;
    // One that is full takes no more, but for a table of handlers.
    if (tokens.length >= maxTokens && tokens.length >= (this.#tables[node] ?? 0)) return;
    if (tokens.includes(token)) return;
    if (tokens.length >= maxTokens && !this.#isFunction(token)) return;
    this.#held[node] = withToken(held, token);
    this.#queue.push(node, token);
  }

  edge(from: number, to: number): void {
    if (from === to) return;
    this.#steps++;
    // Where there are many, nobody looks for what is there already.
    if (this.#edges.length(from) < maxLookedAt && this.#edges.has(from, to)) return;
    this.#edges.push(from, to);
    for (const token of this.tokens(from)) this.add(to, token);
  }

  listen(node: number, listener: (token: number) => void): void {
    this.#steps++;
    const listeners = this.#listeners[node];
    if (!listeners) this.#listeners[node] = [listener];
    else listeners.push(listener);
    // Before it runs, all tokens still wait in the queue.
    if (this.#isRunning) for (const token of this.tokens(node)) this.#tell(listener, token);
  }

  /** Told at once, but for hierarchies so deep that the stack would not hold it. */
  #tell(listener: (token: number) => void, token: number): void {
    if (this.#depth >= maxDepth) {
      this.#waiting.push({ listener, token });
      return;
    }
    this.#depth++;
    listener(token);
    this.#depth--;
  }

  /** Lets all flow until nothing new arrives. False if that took more than `budget` steps and was cut. */
  run(budget: number): boolean {
    this.#isRunning = true;
    while (this.#queue.length > 0) {
      const queue = this.#queue;
      this.#queue = [];
      for (let next = 0; next < queue.length; next += 2) {
        if (!this.#pass(queue[next] as number, queue[next + 1] as number, budget)) {
          this.#queue = [...queue.slice(next), ...this.#queue];
          return false;
        }
      }
    }
    return true;
  }

  /** Tells all that a token has arrived at a node. False if that is more than the budget allows. */
  #pass(node: number, token: number, budget: number): boolean {
    if (++this.#steps > budget) return false;
    const edges = this.#edges;
    for (let at = edges.first(node); at !== 0; at = edges.next(at)) this.add(edges.value(at), token);
    const listeners = this.#listeners[node];
    // A listener that is added meanwhile has been told by `listen`.
    if (listeners) for (let i = 0, n = listeners.length; i < n; i++) listeners[i]?.(token);
    for (let late = this.#waiting.pop(); late; late = this.#waiting.pop()) {
      if (++this.#steps > budget) return false;
      late.listener(late.token);
    }
    return true;
  }

  /** Nothing more arrives at the nodes that there are: what they hold can be read, and flow into new ones. */
  settle(): void {
    this.#edges = new NumberLists();
    this.#listeners = [];
    // What a budget cut is not to go on without one.
    this.#queue = [];
    this.#waiting.length = 0;
  }
}

/** Listeners that are told while others are, one in the other. */
const maxDepth = 60;

/** Nodes with more edges than this may have one twice. */
const maxLookedAt = 32;
