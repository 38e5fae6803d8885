import { type Fields, fields, list, text, texts } from './json-fields.ts';

/**
 * What the audit needs of a record of OSV. Texts are untrusted.
 *
 * https://ossf.github.io/osv-schema/
 */
export interface OsvRecord {
  readonly id: string;
  readonly aliases: readonly string[];
  /** When it was changed last, as RFC 3339: `2026-11-30T12:00:00Z`. */
  readonly modified?: string;
  /** It has been taken back. */
  readonly isWithdrawn: boolean;
  readonly summary: string;
  /** As the database names it, in lower case: `high`. */
  readonly severity?: string;
  readonly affected: readonly OsvAffected[];
}

export interface OsvAffected {
  /** Without the part after `:`. */
  readonly ecosystem: string;
  readonly name: string;
  readonly ranges: readonly OsvRange[];
  readonly versions: readonly string[];
  /** Versions as npm's registry has them: `>=1.0.0 <1.2.3`. */
  readonly npmRange?: string;
  /** The functions that are vulnerable, if the record names them. */
  readonly functions: readonly string[];
  /** Something of it is not as the schema has it, so that nothing is known to be unaffected. */
  readonly isBroken: boolean;
}

export interface OsvRange {
  readonly type: 'SEMVER' | 'ECOSYSTEM' | 'GIT';
  readonly events: readonly OsvEvent[];
}

export interface OsvEvent {
  readonly kind: (typeof eventKinds)[number];
  readonly version: string;
}

const eventKinds = ['introduced', 'fixed', 'last_affected', 'limit'] as const;
/** Of each list of a record. */
const most = 50_000;

/** @returns undefined for what is no record */
export function readOsvRecord(value: unknown): OsvRecord | undefined {
  const record = fields(value);
  const id = text(record?.['id']);
  if (record === undefined || id === undefined || id === '') return undefined;
  const modified = text(record['modified']);
  const severity = severityOf(record);
  return {
    id,
    aliases: texts(record['aliases']),
    ...(modified === undefined ? {} : { modified }),
    isWithdrawn: text(record['withdrawn']) !== undefined,
    summary: text(record['summary']) ?? (text(record['details']) ?? '').split('\n', 1)[0] ?? '',
    ...(severity === undefined ? {} : { severity }),
    affected: (list(record['affected']) ?? []).slice(0, most).map((one) => readAffected(one, record)),
  };
}

function severityOf(record: Fields): string | undefined {
  return text(fields(record['database_specific'])?.['severity'])?.toLowerCase().slice(0, 20);
}

function readAffected(value: unknown, record: Fields): OsvAffected {
  const affected = fields(value) ?? {};
  const of = fields(affected['package']) ?? {};
  const ranges = list(affected['ranges'] ?? []);
  const versions = list(affected['versions'] ?? []);
  const read = (ranges ?? []).slice(0, most).map(readRange);
  const known = read.filter((one) => one !== undefined);
  return {
    ecosystem: (text(of['ecosystem']) ?? '').split(':', 1)[0] ?? '',
    name: text(of['name']) ?? '',
    ranges: known,
    versions: texts(versions),
    functions: functionsOf(affected, record),
    isBroken:
      known.length < (ranges?.length ?? 1) ||
      texts(versions).length < (versions?.length ?? 1) ||
      (known.every(({ type }) => type === 'GIT') && versions?.length === 0),
  };
}

function readRange(value: unknown): OsvRange | undefined {
  const range = fields(value);
  const type = range?.['type'];
  if (type !== 'SEMVER' && type !== 'ECOSYSTEM' && type !== 'GIT') return undefined;
  const events = (list(range?.['events']) ?? []).slice(0, most).map(readEvents);
  const isWhole = events.every((one) => one.length > 0);
  const all = events.flat();
  return isWhole && all.some(({ kind }) => kind === 'introduced') ? { type, events: all } : undefined;
}

/** Records from before the schema was fixed have the beginning and the end in one event. */
function readEvents(value: unknown): OsvEvent[] {
  const event = fields(value) ?? {};
  return eventKinds.flatMap((kind) => {
    const version = text(event[kind]);
    return version === undefined ? [] : [{ kind, version }];
  });
}

/**
 * Functions have no place in the schema of npm and PyPI. These are the ones that databases use: RustSec's and Go's, and GitHub's
 * `vulnerable_functions`.
 */
function functionsOf(affected: Fields, record: Fields): readonly string[] {
  const places = [affected['ecosystem_specific'], affected['database_specific'], record['database_specific']];
  const found = places.flatMap((place) => {
    const specific = fields(place) ?? {};
    const affects = fields(specific['affects']) ?? {};
    const imports = (list(specific['imports']) ?? []).flatMap((one) => texts(fields(one)?.['symbols']));
    return [
      ...['vulnerable_functions', 'functions', 'symbols'].flatMap((key) => texts(specific[key])),
      ...texts(affects['functions']),
      ...imports,
    ];
  });
  return [...new Set(found)].slice(0, 100);
}
