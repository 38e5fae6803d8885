import { shown } from '../egress/shown.ts';
import { DbMistake } from './mistake.ts';

/** What `bulwark db harden` was given, before anything of it was read. */
export interface HardenOptions {
  readonly dialect: string;
  readonly database: string | undefined;
  readonly schema: readonly string[];
  readonly owner: string | undefined;
  readonly readOnly: readonly string[];
  readonly readWrite: readonly string[];
  readonly host: readonly string[];
  readonly readOnlyPassword: string | undefined;
  readonly readWritePassword: string | undefined;
  readonly statementTimeout: string;
  readonly lockTimeout: string;
  readonly idleTimeout: string;
  readonly sessionTimeout: string;
  readonly revokeSetConfig: boolean;
  readonly rowSecurity: string | undefined;
  readonly table: string | undefined;
  readonly column: string | undefined;
}

/** A part of the text: a heading, why, and its statements, in the order in which they are run. */
export interface Section {
  readonly title: string;
  readonly why: readonly string[];
  readonly statements: readonly string[];
}

/** A name of a role, schema, table or database: 1 to `longest` bytes, no control character. It is quoted besides. */
export function name(option: string, value: string | undefined, longest: number): string {
  if (value === undefined) {
    throw new DbMistake(
      'db/option',
      `${option} is missing.`,
      'Only roles that are named are created or granted anything.',
      'See bulwark db harden --help.',
    );
  }
  const bytes = Buffer.byteLength(value);
  // A lone surrogate becomes U+FFFD on its way, which is another name.
  const odd = /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(value) || value.trim() !== value;
  if (bytes > 0 && bytes <= longest && !odd) return value;
  const what = odd
    ? 'has a control character, or a space at its start or end'
    : `is not 1 to ${longest} bytes long`;
  throw new DbMistake(
    'db/name',
    `${option} ${shown(value)} ${what}.`,
    'The server silently truncates longer names, so grants would go to another role.',
    'Use letters, digits and _.',
  );
}

/** `30s`, `500ms`, `10min`, `1h` as milliseconds: 1 ms to 24 h. 0 would be no limit. */
export function duration(option: string, value: string): number {
  const [, digits, unit] = /^(\d{1,9})(ms|s|min|h)$/.exec(value) ?? [];
  const factor = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 }[unit ?? ''];
  const ms = Number(digits) * (factor ?? Number.NaN);
  if (ms >= 1 && ms <= 86_400_000) return ms;
  throw new DbMistake(
    'db/duration',
    `${option} ${shown(value)} is not a time from 1ms to 24h.`,
    '0 would turn the limit off.',
    `Write a value such as ${option} 30s, in ms, s, min or h.`,
  );
}

/** Different names: a role that is both read-only and the owner is neither. */
export function different(names: readonly string[]): void {
  const twice = names.find((one, index) => names.indexOf(one) !== index);
  if (twice === undefined) return;
  throw new DbMistake(
    'db/name',
    `${shown(twice)} is named twice.`,
    'Separate roles limit what an attacker gains from taking over one of them.',
    'Give each role its own name.',
  );
}

/** All of it as text, to be read first. Every line of a comment begins with `--`. */
export function sectionsText(head: readonly string[], sections: readonly Section[]): string {
  const comment = (lines: readonly string[]): string =>
    lines.map((line) => `-- ${line}`.trimEnd()).join('\n');
  const parts = sections.map(({ title, why, statements }, index) =>
    [comment([`${index + 1}. ${title}`, ...why]), ...statements].join('\n'),
  );
  return `${[comment(head), ...parts].join('\n\n')}\n`;
}
