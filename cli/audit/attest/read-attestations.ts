import { parse, TomlDate } from 'smol-toml';
import { nearest } from '../../nearest.ts';
import { AuditMistake } from '../audit-mistake.ts';
import { type Aspect, type AspectId, type Line, lines } from '../line/lines.ts';
import type { Attestation } from './attestation.ts';

const mostEntries = 100;
const longest = 1000;
/** In days. Nobody can say today what will be the case in ten years. */
const farthest = 731;

const aspects: ReadonlyMap<string, Aspect> = new Map(
  Object.entries<Line>(lines).flatMap(([line, { aspects: of }]) =>
    Object.entries(of).map(([name, aspect]) => [`${line}/${name}`, aspect] as const),
  ),
);

/** The aspects that files can't show. */
const attestable: readonly string[] = [...aspects]
  .filter(([, { mayBeAttested }]) => mayBeAttested === true)
  .map(([id]) => id);

/**
 * Reads what people attest: entries `[[attested]]` with `aspect`, `by`, `until` and `statement`.
 *
 * @throws {AuditMistake} for what is wrong in it: an entry that is left out in silence would be missed, and one that is guessed at
 * would be an excuse
 */
export function readAttestations(text: string, path: string, day: string): readonly Attestation[] {
  const wrong = (what: string, fix: string): AuditMistake =>
    new AuditMistake('audit/attest', `${JSON.stringify(path)}: ${what}`, reason, fix);
  let table: Record<string, unknown>;
  try {
    table = parse(text);
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    throw wrong(`It is not TOML: ${message.slice(0, 200)}.`, example);
  }
  const { attested, ...others } = table;
  const [other] = Object.keys(others);
  if (other !== undefined) throw wrong(`${JSON.stringify(other)} is not known.`, example);
  if (!Array.isArray(attested)) throw wrong('It has no [[attested]] entry.', example);
  if (attested.length > mostEntries) throw wrong(`It has more than ${mostEntries} entries.`, example);
  const entries = attested.map((entry: unknown, index) =>
    readEntry(entry, path, day, (what, fix) => wrong(`Entry ${index + 1}: ${what}`, fix)),
  );
  const twice = entries.find(
    ({ aspect }, index) => entries.findIndex((one) => one.aspect === aspect) !== index,
  );
  if (twice) throw wrong(`${twice.aspect} is attested twice.`, 'Keep one of the entries.');
  return entries;
}

type Wrong = (what: string, fix: string) => AuditMistake;

function readEntry(entry: unknown, path: string, day: string, wrong: Wrong): Attestation {
  const record = isRecord(entry) ? entry : {};
  const unknown = Object.keys(record).find((key) => !['aspect', 'by', 'until', 'statement'].includes(key));
  if (unknown !== undefined) throw wrong(`${JSON.stringify(unknown)} is not known.`, example);
  const aspect = readAspect(textOf(record, 'aspect', wrong), wrong);
  const by = textOf(record, 'by', wrong);
  if (by.includes('@'))
    throw wrong('`by` has an address.', 'Name a role, such as "Head of engineering": people leave.');
  const until = readDay(record['until'], wrong);
  if (daysBetween(day, until) > farthest)
    throw wrong(
      `${until} is more than two years ahead.`,
      'Set `until` to the day on which somebody has to look at it again.',
    );
  return { aspect, by, until, statement: textOf(record, 'statement', wrong), path };
}

function readAspect(id: string, wrong: Wrong): AspectId {
  const aspect = aspects.get(id);
  if (aspect === undefined) {
    const close = nearest(id, attestable);
    throw wrong(
      `There is no aspect ${JSON.stringify(id)}.`,
      close.length > 0
        ? `Did you mean ${close.join(' or ')}?`
        : `What can be attested: ${attestable.join(', ')}.`,
    );
  }
  if (aspect.mayBeAttested !== true)
    throw wrong(`${id} can't be attested: files show it.`, `What can be attested: ${attestable.join(', ')}.`);
  return id as AspectId;
}

function textOf(record: Record<string, unknown>, key: string, wrong: Wrong): string {
  const value = record[key];
  if (typeof value !== 'string' || value.trim() === '')
    throw wrong(`\`${key}\` is missing, or not text.`, example);
  if (value.length > longest)
    throw wrong(`\`${key}\` is longer than ${longest} characters.`, 'Link to a longer text.');
  return value.trim();
}

function readDay(value: unknown, wrong: Wrong): string {
  const text = value instanceof TomlDate && value.isDate() ? value.toISOString() : value;
  const isDay =
    typeof text === 'string' &&
    /^\d{4}-\d\d-\d\d$/.test(text) &&
    new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
  if (!isDay)
    throw wrong(
      '`until` is missing, or not a day.',
      'Write the last day on which it counts: until = 2027-06-30',
    );
  return text;
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

const reason = 'A mistake in what is attested must not decide a verdict.';
const example =
  'Write [[attested]] with aspect = "training/attested", by = "Head of engineering", until = 2027-06-30 and statement = "...".';
