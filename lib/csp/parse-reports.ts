import { visible } from '../event/redact/visible.ts';
import type { CspViolation } from './csp-violation.ts';
import { isDirectiveName } from './directive-name.ts';
import { reportUrl } from './report-url.ts';

/** What a body holds: violations, and how many of its reports are none, or none of the page's own. */
export interface ParsedReports {
  readonly violations: readonly CspViolation[];
  readonly ignored: number;
}

/** No page has more in one go; a body of 16 KB has room for two thousand empty ones. */
const mostReports = 100;

/**
 * Reads the body that a browser sent: `application/reports+json` (Reporting API, a list) or `application/csp-report`
 * (CSP2, one). Of all fields only those of `CspViolation` are read, each by its own name, type and bound.
 *
 * @returns undefined for what is not JSON, or not of that shape
 */
export function parseReports(body: string): ParsedReports | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return undefined;
  }
  const legacy = field(json, 'csp-report');
  if (legacy !== undefined) return sort([readLegacy(legacy)], 0);
  const list = Array.isArray(json) ? json : [json];
  if (!list.some((one) => typeof field(one, 'type') === 'string')) return undefined;
  const taken = list.slice(0, mostReports);
  return sort(taken.map(readReport), list.length - taken.length);
}

function sort(read: readonly (CspViolation | undefined)[], more: number): ParsedReports {
  const violations = read.filter((one) => one !== undefined);
  return { violations, ignored: read.length - violations.length + more };
}

function readReport(report: unknown): CspViolation | undefined {
  if (field(report, 'type') !== 'csp-violation') return undefined;
  const body = field(report, 'body');
  return violationOf({
    directive: field(body, 'effectiveDirective'),
    blocked: field(body, 'blockedURL'),
    document: field(body, 'documentURL') ?? field(report, 'url'),
    source: field(body, 'sourceFile'),
    line: field(body, 'lineNumber'),
    sample: field(body, 'sample'),
    disposition: field(body, 'disposition'),
  });
}

function readLegacy(body: unknown): CspViolation | undefined {
  return violationOf({
    // Old browsers put the whole directive into the one field that they have.
    directive: field(body, 'effective-directive') ?? field(body, 'violated-directive'),
    blocked: field(body, 'blocked-uri'),
    document: field(body, 'document-uri'),
    source: field(body, 'source-file'),
    line: field(body, 'line-number'),
    sample: field(body, 'script-sample'),
    disposition: field(body, 'disposition'),
  });
}

/** An own property of a record; anything else has none. */
function field(record: unknown, name: string): unknown {
  if (typeof record !== 'object' || record === null || !Object.hasOwn(record, name)) return undefined;
  return (record as Record<string, unknown>)[name];
}

function violationOf(raw: Readonly<Record<keyof CspViolation, unknown>>): CspViolation | undefined {
  const directive = typeof raw.directive === 'string' ? (raw.directive.slice(0, 64).split(' ')[0] ?? '') : '';
  const blocked = blockedOf(raw.blocked);
  const document = reportUrl(raw.document);
  if (!isDirectiveName(directive) || blocked === undefined || document === undefined) return undefined;
  const source = reportUrl(raw.source);
  const sample = sampleOf(raw.sample, blocked);
  // Extensions write into every page, and no policy of the page's is at fault.
  if ([blocked, document, source].some((url) => url !== undefined && extension.test(url))) return undefined;
  return Object.freeze({
    directive,
    blocked,
    document,
    disposition: raw.disposition === 'report' ? 'report' : 'enforce',
    ...(source !== undefined && { source }),
    ...(isLine(raw.line) && { line: raw.line }),
    ...(sample !== '' && { sample }),
  });
}

function blockedOf(blocked: unknown): string | undefined {
  // CSP2 has no word for what is inline.
  if (blocked === '') return 'inline';
  return typeof blocked === 'string' && words.has(blocked) ? blocked : reportUrl(blocked);
}

function sampleOf(sample: unknown, blocked: string): string {
  if (typeof sample !== 'string') return '';
  // `Element innerHTML|<p>Dear ...`: what reached the sink is what users wrote, and no two are the same.
  const end = blocked === 'trusted-types-sink' ? sample.indexOf('|') : -1;
  return visible(sample.slice(0, end === -1 ? 40 : Math.min(end, 40)));
}

const words: ReadonlySet<string> = new Set([
  ...['inline', 'eval', 'wasm-eval', 'self', 'trusted-types-policy', 'trusted-types-sink'],
]);

const extension = /^(?:[a-z-]+-)?extension:/;

function isLine(line: unknown): line is number {
  return typeof line === 'number' && Number.isInteger(line) && line > 0 && line < 10_000_000;
}
