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
  readonly #tokens: (number[] | undefined)[] = [];
  #edges: (number[] | undefined)[] = [];
  #listeners: (((token: number) => void)[] | undefined)[] = [];
  readonly #queue: number[] = [];
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
    return this.#tokens[node] ?? none;
  }

  add(node: number, token: number): void {
    const tokens = this.#tokens[node];
    if (!tokens) this.#tokens[node] = [token];
    // One that is full takes no more, but for a table of handlers.
    else if (tokens.length >= maxTokens && tokens.length >= (this.#tables[node] ?? 0)) return;
    else if (tokens.includes(token)) return;
    else if (tokens.length >= maxTokens && !this.#isFunction(token)) return;
    else tokens.push(token);
    this.#queue.push(node, token);
  }

  edge(from: number, to: number): void {
    if (from === to) return;
    this.#steps++;
    const edges = this.#edges[from];
    if (!edges) this.#edges[from] = [to];
    else if (edges.length < 32 && edges.includes(to)) return;
    else edges.push(to);
    const tokens = this.#tokens[from];
    if (tokens) for (const token of tokens) this.add(to, token);
  }

  listen(node: number, listener: (token: number) => void): void {
    this.#steps++;
    const listeners = this.#listeners[node];
    if (!listeners) this.#listeners[node] = [listener];
    else listeners.push(listener);
    // Before it runs, all tokens still wait in the queue.
    const tokens = this.#isRunning ? this.#tokens[node] : undefined;
    if (tokens) for (const token of [...tokens]) this.#tell(listener, token);
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
    for (let next = 0; next < this.#queue.length; next += 2) {
      if (++this.#steps > budget) return false;
      const node = this.#queue[next] as number;
      const token = this.#queue[next + 1] as number;
      const edges = this.#edges[node];
      if (edges) for (const to of edges) this.add(to, token);
      const listeners = this.#listeners[node];
      // A listener that is added meanwhile has been told by `listen`.
      if (listeners) for (let i = 0, n = listeners.length; i < n; i++) listeners[i]?.(token);
      for (let late = this.#waiting.pop(); late; late = this.#waiting.pop()) {
        if (++this.#steps > budget) return false;
        late.listener(late.token);
      }
    }
    this.#queue.length = 0;
    return true;
  }

  /** Nothing more arrives at the nodes that there are: what they hold can be read, and flow into new ones. */
  settle(): void {
    this.#edges = [];
    this.#listeners = [];
    // What a budget cut is not to go on without one.
    this.#queue.length = 0;
    this.#waiting.length = 0;
  }
}

/** Listeners that are told while others are, one in the other. */
const maxDepth = 60;

const none: readonly number[] = [];
