/** The folders whose bounds are in `cli/scan/budgets`. Other folders keep theirs, so that each of them stays one folder. */
const bounded = /^cli\/scan\/(ir|regex|callgraph|dataflow|semantics|guards|schemas)\//;

const bound = /^(?:export )?const (?:max[A-Z\d]\w*|limit\w*|\w*Limit)(?:: number)? = [-+(]?\d/;

/** Bounds that a file of the analysis declares itself, by line: numeric constants named `max...`, `limit...` or `...Limit`. */
export function ownBounds(file: string, text: string): string[] {
  return bounded.test(file) ? moduleLines(file, text, bound) : [];
}

const cache = /^(?:export )?(?:const|let) \w+(?:: [^=]+)? = new WeakMap\b/;

/** Caches that a file of the scanner keeps at module level, by line. `memoized` and `memoizedPair` keep them inside a function. */
export function moduleCaches(file: string, text: string): string[] {
  return file.startsWith('cli/scan/') ? moduleLines(file, text, cache) : [];
}

/** The lines at module level that match. The formatter indents all others. */
function moduleLines(file: string, text: string, wanted: RegExp): string[] {
  if (!file.endsWith('.ts') || /\.test\.ts$|\/testing\//.test(file)) return [];
  return text
    .split('\n')
    .flatMap((line, index) => (wanted.test(line) ? [`${file}:${index + 1}: ${line}`] : []));
}

/**
 * Literals that are spread into a literal, by line: `...['a', 'b'],`. It only makes the formatter put them on one line. A list of words
 * is longer without it, or a text that is split.
 */
export function spreadLiterals(file: string, text: string): string[] {
  if (!file.startsWith('cli/scan/') || /\.test\.ts$|\/testing\//.test(file)) return [];
  return [...text.matchAll(/\.\.\.\[\s*(?:(?:'[^'\n]*'|-?\d+),?\s*)+\](?=,|\s*[\])])/g)].map(
    ({ index }) => `${file}:${text.slice(0, index).split('\n').length}`,
  );
}
