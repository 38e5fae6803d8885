/** What sqlmap wrote about one parameter. */
export interface Output {
  readonly console: string;
  /** The file `log` of its folder: the injection points, and nothing where there are none. */
  readonly log: string;
  /** What `-t` wrote: every request and answer. */
  readonly traffic: string;
}

export interface Verdict {
  /** The techniques that work, as sqlmap titles them: `PostgreSQL > 8.1 stacked queries (comment)`. */
  readonly injectable: readonly string[];
  /** Payloads that work, one for each technique. */
  readonly payloads: readonly string[];
  /** How many of its tests it ran on the parameter. */
  readonly tests: number;
  readonly requests: number;
  /** How often the application answered with each status; `none` where no answer came. */
  readonly statuses: Readonly<Record<string, number>>;
}

/**
 * Reads what sqlmap found out. Throws where it did not come to an end with this parameter, as then it says nothing.
 *
 * @param parameter as sqlmap calls it
 */
export function verdictOf({ console, log, traffic }: Output, parameter: string): Verdict {
  const lines = console.split('\n').map((line) => line.replace(/^\r?\[\d\d:\d\d:\d\d\] /, ''));
  const named = (line: string): boolean => line.includes(`parameter '${parameter}'`);
  const fail = (what: string): never => {
    throw new Error(`sqlmap ${what} of '${parameter}'. Its last words:\n${lines.slice(-15).join('\n')}`);
  };
  const begin = lines.findIndex((line) => line.includes('testing for SQL injection on') && named(line));
  if (begin === -1) fail('made no test');
  const clean = lines.some((line) => line.includes('does not seem to be injectable') && named(line));
  const injectable = all(log, /^ {4}Title: (.*)$/gm);
  if (injectable.length > 0 && !all(log, /^Parameter: (.*) \(/gm).includes(parameter))
    fail('found a hole instead');
  // Each alone would do; both are what a run that ended has.
  if (clean !== (injectable.length === 0)) fail('came to no verdict');
  if (!lines.some((line) => line.startsWith('[*] ending @'))) fail('did not end its test');

  // A redirect is written down twice.
  const answers = new Map(
    [...traffic.matchAll(/^HTTP response \[#(\d+)\] \((\d+)/gm)].map(([, id = '', status = '']) => [
      id,
      status,
    ]),
  );
  const requests = new Set(all(traffic, /^HTTP request \[#(\d+)\]:/gm));
  const statuses: Record<string, number> = {};
  for (const id of requests) {
    const status = answers.get(id) ?? 'none';
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  return {
    injectable,
    payloads: all(log, /^ {4}Payload: (.*)$/gm),
    tests: new Set(lines.slice(begin + 1).filter((line) => line.startsWith("[INFO] testing '"))).size,
    requests: requests.size,
    statuses,
  };
}

function all(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, captured = '']) => captured.trim());
}
