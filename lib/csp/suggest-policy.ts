import { adviceFor } from './advice.ts';
import type { CountedViolation } from './collected-violations.ts';
import type { CspViolation } from './csp-violation.ts';
import { valuesOf } from './directive-values.ts';
import type { CspSources } from './directives.ts';
import { originOf } from './report-url.ts';

/** A violation that must not be solved by adding a source, and what to do instead. */
export interface CspAdvice {
  readonly directive: string;
  readonly blocked: string;
  /** One place where it happened: a script or page, with its line. */
  readonly where: string;
  readonly advice: string;
  readonly count: number;
}

export interface CspSuggestion {
  /** For `csp({ extend })`, after somebody has reviewed it. */
  readonly extend: CspSources;
  readonly advice: readonly CspAdvice[];
  /** Both as text, for printing. */
  readonly text: string;
}

/**
 * Suggests changes to a policy from reported violations: hosts for images, styles, fonts, connections, frames and
 * forms. It never suggests a source from which a script would run; for scripts it gives advice, with the nonce or a
 * hash. Review the result: only a person knows whether a host belongs to the site. Anyone can send a report, and a reported violation may
 * be an attack.
 *
 * @param minimum how often a source must have been reported to be suggested; 1 by default
 *
 * @example
 * ```ts
 * import { cspReportEndpoint, suggestPolicy } from 'bulwark/csp';
 *
 * const endpoint = cspReportEndpoint();
 * // after a week with csp({ reportOnly: true, reportTo: '/csp-reports' })
 * console.log(suggestPolicy(endpoint.violations(), 10).text);
 * // csp({ extend: {
 * //   "img-src": ["https://images.example.com"], // 214 x
 * // } });
 * ```
 */
export function suggestPolicy(
  violations: readonly (CspViolation | CountedViolation)[],
  minimum: number = 1,
): CspSuggestion {
  const counts = new Map<string, Map<string, number>>();
  const advice = new Map<string, CspAdvice>();
  for (const violation of violations) {
    const count = 'count' in violation ? violation.count : 1;
    const { directive, blocked, document, source, line } = violation;
    const found = sourceFor(violation);
    if (typeof found === 'object') {
      const key = JSON.stringify([directive, found.advice]);
      const where = `${source ?? document}${line === undefined ? '' : `:${line}`}`;
      const known = advice.get(key);
      advice.set(key, {
        ...(known ?? { directive, blocked, where, advice: found.advice }),
        count: count + (known?.count ?? 0),
      });
      continue;
    }
    const name = directive.replace(/-(?:elem|attr)$/, '');
    const sources = counts.get(name) ?? new Map<string, number>();
    counts.set(name, sources.set(found, count + (sources.get(found) ?? 0)));
  }
  const extend: Record<string, readonly string[]> = {};
  const lines: string[] = [];
  for (const [name, sources] of counts) {
    const kept = [...sources]
      .filter(([, count]) => count >= minimum)
      .sort(([, one], [, other]) => other - one);
    if (kept.length === 0) continue;
    const list = kept.map(([source]) => source);
    extend[name] = list;
    const reports = kept.map(([, count]) => count).join(' + ');
    lines.push(
      `  ${JSON.stringify(name)}: [${list.map((one) => JSON.stringify(one)).join(', ')}], // ${reports} x`,
    );
  }
  const advices = [...advice.values()].sort((one, other) => other.count - one.count);
  return Object.freeze({ extend, advice: advices, text: print(lines, advices) });
}

/** The source that would allow it, or advice if there must be none. */
function sourceFor(violation: CspViolation): string | { readonly advice: string } {
  const advice = adviceFor(violation);
  if (advice !== undefined) return { advice };
  const { directive, blocked, document } = violation;
  if (blocked === 'self') return "'self'";
  const origin = originOf(blocked);
  if (origin === originOf(document)) return "'self'";
  if (/^(?:https|wss):/.test(origin) && valuesOf(directive).form.test(origin)) return origin;
  if (/^(?:data|blob|mediastream):$/.test(origin) && dataDirectives.has(directive)) return origin;
  if (/^(?:https|wss):\/\//.test(origin))
    return { advice: `No policy can name ${origin}. Give it a host name.` };
  return {
    advice: /^(?:http|ws):/.test(origin)
      ? `${origin} does not use TLS: anyone on the network path can change it. Use https or wss.`
      : `${origin} would allow any content in ${directive}. Serve the file from a URL.`,
  };
}

/** Where `data:` and `blob:` are pictures, sound and bytes, and nothing that runs. */
const dataDirectives: ReadonlySet<string> = new Set(['img-src', 'font-src', 'media-src', 'connect-src']);

function print(lines: readonly string[], advices: readonly CspAdvice[]): string {
  const policy = lines.length === 0 ? ['csp();'] : ['csp({ extend: {', ...lines, '} });'];
  const rest = advices.map(
    ({ directive, count, where, advice }) => `- ${directive}, ${count} x, such as ${where}: ${advice}`,
  );
  return [...policy, ...(rest.length === 0 ? [] : ['', 'No source is added for these:', ...rest])].join('\n');
}
