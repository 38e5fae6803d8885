import { parse, TomlDate } from 'smol-toml';
import { AuditMistake } from '../../../audit-mistake.ts';
import type { Decision } from './decision.ts';

const keys = ['advisory', 'package', 'path', 'reason', 'until'] as const;
const mostEntries = 1000;
const longest = 1000;
/** In days. */
const farthest = 731;

/**
 * Reads what was accepted: entries `[[accepted]]` with `advisory`, `package`, `path`, `reason` and `until`.
 *
 * @throws {AuditMistake} for what is wrong in it: an entry that is guessed at could hide a vulnerability
 */
export function readDecisions(text: string, path: string, today: string): readonly Decision[] {
  const wrong = (what: string, fix: string = example): AuditMistake =>
    new AuditMistake('audit/decisions', `${JSON.stringify(path)}: ${what}`, reason, fix);
  const { accepted, ...others } = readToml(text, wrong);
  const [other] = Object.keys(others);
  if (other !== undefined) throw wrong(`${JSON.stringify(other)} is not known.`);
  if (!Array.isArray(accepted)) throw wrong('It has no [[accepted]] entry.');
  if (accepted.length > mostEntries) throw wrong(`It has more than ${mostEntries} entries.`);
  return accepted.map((entry: unknown, index) =>
    readEntry(entry, today, (what, fix) => wrong(`Entry ${index + 1}: ${what}`, fix)),
  );
}

type Wrong = (what: string, fix?: string) => AuditMistake;

function readToml(text: string, wrong: Wrong): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    throw wrong(`It is not TOML: ${message.slice(0, 200)}.`);
  }
}

function readEntry(entry: unknown, today: string, wrong: Wrong): Decision {
  const record = typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>) : {};
  const other = Object.keys(record).find((key) => !keys.some((one) => one === key));
  if (other !== undefined) throw wrong(`${JSON.stringify(other)} is not known.`);
  const text = (key: string): string => {
    const value = record[key];
    if (typeof value !== 'string' || value.trim() === '') throw wrong(`\`${key}\` is missing, or not text.`);
    if (value.length > longest) throw wrong(`\`${key}\` is longer than ${longest} characters.`);
    return value.trim();
  };
  const until = dayOf(record['until'], wrong);
  if ((Date.parse(until) - Date.parse(today)) / 86_400_000 > farthest)
    throw wrong(
      `${until} is more than two years ahead.`,
      'Set `until` to the day on which somebody has to look at it again.',
    );
  return {
    advisory: text('advisory'),
    package: text('package'),
    path: text('path'),
    reason: text('reason'),
    until,
  };
}

function dayOf(value: unknown, wrong: Wrong): string {
  const text = value instanceof TomlDate && value.isDate() ? value.toISOString() : value;
  const isDay =
    typeof text === 'string' &&
    /^\d{4}-\d\d-\d\d$/.test(text) &&
    new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
  if (!isDay) throw wrong('`until` is missing, or not a day.');
  return text;
}

const reason = 'A mistake in what is accepted must not hide a vulnerability.';
const example =
  'Write [[accepted]] with advisory = "GHSA-...", package = "lodash", path = "package-lock.json", reason = "..." and until = 2027-06-30.';
