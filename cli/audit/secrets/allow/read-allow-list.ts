import { parse, TomlDate } from 'smol-toml';
import { visible } from '../../../finding/visible.ts';

/** The file of a project that says which texts are known, and why. */
export const allowListPath = 'bulwark.secrets.toml';

/** A text that looks like a secret, or is one that no longer counts, and why it is known. */
export interface Allowed {
  /** A file, or a folder that ends in `/`. */
  readonly path?: string;
  readonly kind?: string;
  readonly fingerprint?: string;
  readonly reason: string;
  /** The last day on which it counts: `2027-01-31`. */
  readonly until: string;
}

interface AllowList {
  readonly entries: readonly Allowed[];
  /** What is wrong in it, as sentences. An entry that is wrong or has expired allows nothing. */
  readonly problems: readonly string[];
}

const mostEntries = 1000;
const longest = 1000;
const keys = new Set(['path', 'kind', 'fingerprint', 'reason', 'until']);

/** Reads entries `[[allowed]]`: a `fingerprint`, or a `path` and a `kind`; a `reason`, and `until`. */
export function readAllowList(text: string | undefined, today: string): AllowList {
  if (text === undefined) return { entries: [], problems: [] };
  let table: Record<string, unknown>;
  try {
    table = parse(text);
  } catch {
    return { entries: [], problems: [`${allowListPath} is not TOML.`] };
  }
  const { allowed, ...others } = table;
  const [other] = Object.keys(others);
  if (other !== undefined)
    return { entries: [], problems: [`${allowListPath} has an unknown key: ${visible(other)}.`] };
  if (!Array.isArray(allowed) || allowed.length > mostEntries)
    return {
      entries: [],
      problems: [`${allowListPath} has no [[allowed]] entry, or more than ${mostEntries}.`],
    };
  const entries: Allowed[] = [];
  const problems: string[] = [];
  for (const [index, one] of allowed.entries()) {
    const entry = readEntry(one, today);
    if (typeof entry === 'string') problems.push(`Entry ${index + 1} of ${allowListPath}: ${entry}`);
    else entries.push(entry);
  }
  return { entries, problems };
}

function readEntry(one: unknown, today: string): Allowed | string {
  if (typeof one !== 'object' || one === null) return 'it is no table.';
  const record = one as Record<string, unknown>;
  const unknown = Object.keys(record).find((key) => !keys.has(key));
  if (unknown !== undefined) return `${visible(unknown)} is not known.`;
  const { path, kind, fingerprint, reason } = record;
  for (const value of [path, kind, fingerprint])
    if (value !== undefined && (typeof value !== 'string' || value === '' || value.length > longest))
      return 'a value is not text.';
  if (typeof reason !== 'string' || reason.trim() === '' || reason.length > longest)
    return '`reason` is missing.';
  if (fingerprint === undefined && (path === undefined || kind === undefined))
    return 'it needs a `fingerprint`, or a `path` and a `kind`.';
  if (typeof fingerprint === 'string' && !/^[\da-f]{20}$/.test(fingerprint))
    return '`fingerprint` is none that a report shows.';
  const until = dayOf(record['until']);
  if (until === undefined) return '`until` is missing, or not a day.';
  if (until < today) return `it expired on ${until}.`;
  return { ...(record as { path?: string; kind?: string; fingerprint?: string }), reason, until };
}

function dayOf(value: unknown): string | undefined {
  const text = value instanceof TomlDate && value.isDate() ? value.toISOString() : value;
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  return new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text ? text : undefined;
}
