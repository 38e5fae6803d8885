import { NumberLists } from './number-lists.ts';
import { emptyList, type TokenList, withToken } from './token-list.ts';

/** More things than this one value can hardly be: what comes after is left out. */
const maxTokens = 12;
/** But a table of handlers holds many functions. */
const maxHandlers = 64;

type Listener = (token: number) => void;

/**
 * A graph of nodes that hold tokens, and of edges along which all tokens flow. Listeners are told of each
 * token that arrives at their node (once or twice), those that are there already included, and may add nodes, edges and
 * tokens. Order of arrival is the order of what was added, so that the same program gives the same graph.
 */
export class Graph {
  readonly #nothing = emptyList();
  readonly #held: TokenList[];
  /** How many tokens more each node takes. */
  #room: Uint16Array;
  #edges = new NumberLists();
  #listeners: Listener[] = [];
  /** Which of them each node has. */
  #listening = new NumberLists();
  /** Nodes and the tokens that have arrived there. */
  #queue: number[] = [];
  readonly #isFunction: (token: number) => boolean;
  /** All that was done: the budget is for each edge and listener too, which listeners may add without end. */
  #steps = 0;
  #isRunning = false;
  /** How many listeners were told of a token while another one was. */
  #depth = 0;
  readonly #waiting: { readonly listener: Listener; readonly token: number }[] = [];

  /** @param isFunction whether a token stands for a function that is no method */
  constructor(nodes: number, isFunction: (token: number) => boolean) {
    this.#held = new Array<TokenList>(nodes).fill(this.#nothing);
    this.#room = new Uint16Array(nodes).fill(maxTokens);
    this.#isFunction = isFunction;
  }

  node(): number {
    const node = this.#held.push(this.#nothing) - 1;
    if (node >= this.#room.length) {
      const room = new Uint16Array(2 * node + 1024).fill(maxTokens, node);
      room.set(this.#room);
      this.#room = room;
    }
    return node;
  }

  /** Says that a node may be a table of handlers, or what is read from one: it holds more functions than others. */
  table(node: number, most: number = maxHandlers): void {
    this.#room[node] = Math.max(0, most - this.tokens(node).length);
  }

  tokens(node: number): readonly number[] {
    return (this.#held[node] ?? this.#nothing).tokens;
  }

  add(node: number, token: number): void {
    const room = this.#room[node];
    if (!room) return;
    const held = this.#held[node] as TokenList;
    const { tokens } = held;
    if (tokens.includes(token)) return;
    // What is left in a table of handlers is for more of them.
    if (tokens.length >= maxTokens && !this.#isFunction(token)) return;
    this.#held[node] = withToken(held, token);
    this.#room[node] = room - 1;
    this.#queue.push(node, token);
  }

  /** Nobody looks whether it is there already: hardly one is made twice. */
  edge(from: number, to: number): void {
    if (from === to) return;
    this.#steps++;
    this.#edges.push(from, to);
    const list = this.#held[from];
    if (!list || list === this.#nothing) return;
    const { tokens } = list;
    if (this.#held[to] !== this.#nothing || tokens.length > maxTokens) {
      for (const token of tokens) this.add(to, token);
      return;
    }
    // One that is empty yet takes them all.
    this.#held[to] = list;
    this.#room[to] = (this.#room[to] as number) - tokens.length;
    for (const token of tokens) this.#queue.push(to, token);
  }

  /** Tells where the edges of a node lead. */
  eachEdge(node: number, tell: (to: number) => void): void {
    const edges = this.#edges;
    for (let at = edges.first(node); at !== 0; at = edges.next(at)) tell(edges.value(at));
  }

  listen(node: number, listener: Listener): void {
    this.#steps++;
    this.#listening.push(node, this.#listeners.push(listener) - 1);
    // Before it runs, all tokens still wait in the queue.
    if (this.#isRunning) for (const token of this.tokens(node)) this.#tell(listener, token);
  }

  /** Told at once, but for hierarchies so deep that the stack would not hold it. */
  #tell(listener: Listener, token: number): void {
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
    const listening = this.#listening;
    // A listener that is added meanwhile has been told by `listen`.
    const last = listening.last(node);
    for (let at = listening.first(node); at !== 0; at = at === last ? 0 : listening.next(at))
      this.#listeners[listening.value(at)]?.(token);
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
    this.#listening = new NumberLists();
    // What a budget cut is not to go on without one.
    this.#queue = [];
    this.#waiting.length = 0;
  }
}

/** Listeners that are told while others are, one in the other. */
const maxDepth = 60;
