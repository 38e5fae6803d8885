import { maxAmbiguitySteps, maxTriedAmbiguities } from '../budgets/regex.ts';
import { type Ambiguity, type Budget, exponentialAmbiguities, polynomialAmbiguities } from './ambiguity.ts';
import { type Application, automatonOf } from './automaton.ts';
import { componentsOf } from './components.ts';
import { withEarlierChoices } from './earlier-choices.ts';
import { type FailingText, failingText } from './failing-text.ts';
import { parseRegex } from './parse-regex.ts';
import { RegexNotRead } from './regex-not-read.ts';
import type { Node, RegexDialect } from './syntax.ts';

/**
 * The worst backtracking of an expression, and the text that causes it: `prefix`, then `pump` repeated many times, then
 * `suffix`.
 */
export interface Slowness {
  readonly kind: 'exponential' | 'polynomial';
  /** For `polynomial`: 2 if twice the text takes four times as long. */
  readonly degree?: number;
  readonly prefix: string;
  readonly pump: string;
  readonly suffix: string;
}

/**
 * Returns the worst backtracking that a text can cause in a regular expression, found on the expression's automaton.
 * Undefined if no text is slow, or if the expression is too large or not supported. The flag `g` says that all matches are
 * searched for: pass it for Python's `sub` and `findall` too.
 *     slowness('^(a+)+$', '', 'ecmascript')   // exponential: 'a' repeated, then '0'
 *     slowness('\\s+$', '', 're')             // polynomial of degree 2: ' ' repeated, then 'a'
 *     slowness('\\s+$', '', 're', 'match')    // undefined: a match begins at one place only
 */
export function slowness(
  source: string,
  flags: string,
  dialect: RegexDialect,
  how: Application = 'search',
): Slowness | undefined {
  if (!unbounded.test(source)) return undefined;
  const application = how === 'search' && dialect === 'ecmascript' && flags.includes('y') ? 'match' : how;
  const key = `${dialect} ${application} ${flags}/${source}`;
  const known = cache.get(key);
  if (known !== undefined) return known ?? undefined;
  const found = compute(source, flags, dialect, application);
  if (cache.size > 5000) cache.clear();
  cache.set(key, found ?? null);
  return found;
}

const unbounded = /[*+]|\{\d*,\d*\}/;
const cache = new Map<string, Slowness | null>();

function compute(
  source: string,
  flags: string,
  dialect: RegexDialect,
  how: Application,
): Slowness | undefined {
  try {
    const tree = parseRegex(source, flags, dialect);
    const budget = { steps: maxAmbiguitySteps };
    const found = slownessOf(tree, dialect, how, flags.includes('g'), budget, 0);
    if (found) return found;
    // From another place, the whole expression may match before these are tried.
    const once = how === 'search' ? 'match' : how;
    for (const earlier of withEarlierChoices(tree)) {
      const one = slownessOf(earlier, dialect, once, false, budget, 0);
      if (one) return one;
    }
    return undefined;
  } catch (error) {
    if (error instanceof RegexNotRead) return undefined;
    throw error;
  }
}

function slownessOf(
  tree: Node,
  dialect: RegexDialect,
  how: Application,
  all: boolean,
  budget: Budget,
  depth: number,
): Slowness | undefined {
  const automaton = automatonOf(tree, how, dialect);
  const components = componentsOf(automaton);
  const failing = (ambiguity: Ambiguity): FailingText | undefined => {
    const restarts = automaton.restarts.has(ambiguity.state);
    return failingText(automaton, ambiguity, { dialect, restarts, all });
  };
  for (const ambiguity of exponentialAmbiguities(automaton, components, budget).slice(
    0,
    maxTriedAmbiguities,
  )) {
    const text = failing(ambiguity);
    if (text) return { kind: 'exponential', ...written(text) };
  }
  // A look-ahead is matched, and backtracks, on its own.
  for (const look of depth < 3 ? automaton.looks : []) {
    const found = slownessOf(look, dialect, 'match', false, budget, depth + 1);
    if (found?.kind === 'exponential') return found;
  }
  if (depth > 0) return undefined;
  const found: Ambiguity[] = [];
  let first: FailingText | undefined;
  for (const ambiguity of polynomialAmbiguities(automaton, components, budget).slice(
    0,
    maxTriedAmbiguities,
  )) {
    const text = failing(ambiguity);
    if (!text) continue;
    found.push(ambiguity);
    first ??= text;
  }
  return first && { kind: 'polynomial', degree: 1 + longestChain(found), ...written(first) };
}

/** The length of the longest chain of loops that take over from each other. */
function longestChain(all: readonly Ambiguity[]): number {
  const lengths = new Map<number, number>();
  // Successors of a component have smaller numbers.
  for (const { from, to } of [...all].sort((a, b) => a.from - b.from))
    lengths.set(from, Math.max(lengths.get(from) ?? 0, 1 + (lengths.get(to) ?? 0)));
  return Math.max(...lengths.values());
}

function written(text: {
  readonly prefix: readonly number[];
  readonly pump: readonly number[];
  readonly suffix: readonly number[];
}): { readonly prefix: string; readonly pump: string; readonly suffix: string } {
  return {
    prefix: String.fromCodePoint(...text.prefix),
    pump: String.fromCodePoint(...text.pump),
    suffix: String.fromCodePoint(...text.suffix),
  };
}
