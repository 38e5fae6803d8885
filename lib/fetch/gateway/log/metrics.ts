/** Counts and measures, in the text format 0.0.4 that Prometheus reads. */
export interface Metric {
  readonly text: () => string;
}

type Labels = Readonly<Record<string, string>>;

/** Only ever grows. Labels come from the configuration and the catalogue, never from a request: their number is bounded. */
export class Counter implements Metric {
  readonly #head: string;
  readonly #name: string;
  readonly #values = new Map<string, number>();

  constructor(name: string, help: string) {
    this.#name = name;
    this.#head = head(name, help, 'counter');
  }

  add(labels: Labels, count: number = 1): void {
    const key = keyOf(labels);
    this.#values.set(key, (this.#values.get(key) ?? 0) + count);
  }

  readonly text = (): string =>
    this.#head + [...this.#values].map(([key, value]) => `${this.#name}${key} ${value}\n`).join('');
}

/** What is so now: asked for at each scrape. */
export class Gauge implements Metric {
  readonly text: () => string;

  constructor(name: string, help: string, read: () => readonly (readonly [Labels, number])[]) {
    const first = head(name, help, 'gauge');
    this.text = () =>
      first +
      read()
        .map(([labels, value]) => `${name}${keyOf(labels)} ${value}\n`)
        .join('');
  }
}

/** Of durations, in seconds. */
export class Histogram implements Metric {
  readonly #name: string;
  readonly #head: string;
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;
  #count = 0;

  constructor(name: string, help: string, bounds: readonly number[]) {
    this.#name = name;
    this.#head = head(name, help, 'histogram');
    this.#bounds = bounds;
    this.#counts = bounds.map(() => 0);
  }

  observe(seconds: number): void {
    this.#sum += seconds;
    this.#count += 1;
    for (const [index, bound] of this.#bounds.entries()) {
      if (seconds <= bound) this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    }
  }

  readonly text = (): string => {
    const buckets = this.#bounds.map((bound, index) => this.#bucket(String(bound), this.#counts[index] ?? 0));
    return [
      this.#head,
      ...buckets,
      this.#bucket('+Inf', this.#count),
      `${this.#name}_sum ${this.#sum}\n`,
      `${this.#name}_count ${this.#count}\n`,
    ].join('');
  };

  #bucket(bound: string, count: number): string {
    return `${this.#name}_bucket${keyOf({ le: bound })} ${count}\n`;
  }
}

function head(name: string, help: string, type: string): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
}

/** The values are names and codes, which hold nothing that would have to be escaped. */
function keyOf(labels: Labels): string {
  let key = '';
  for (const name of Object.keys(labels)) key += `${key === '' ? '{' : ','}${name}="${labels[name]}"`;
  return key === '' ? '' : `${key}}`;
}
