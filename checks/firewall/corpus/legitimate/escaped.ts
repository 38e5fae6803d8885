import { fill } from '../fill.ts';
import type { Dialect, Draft, ProvenCase } from '../firewall-case.ts';
import { doubled, literal } from '../literal.ts';
import { numberCases } from '../number-cases.ts';
import { withHeaders } from '../request-strings.ts';
import { bound, inlined } from './queries.ts';
import { userInputs } from './user-inputs.ts';

const dialects: readonly Dialect[] = ['postgres', 'mysql', 'sqlite'];

/** What applications do to a value before they escape it. */
const kept: readonly (readonly [
  note: string,
  send: (value: string) => string,
  use: (value: string) => string,
])[] = [
  ['trimmed', (value) => `  ${value} `, (value) => value.trim()],
  ['in lower case', (value) => value, (value) => value.toLowerCase()],
  ['in upper case', (value) => value, (value) => value.toUpperCase()],
  ['cut to 20', (value) => value, (value) => value.slice(0, 20)],
  ['URL-decoded', encodeURIComponent, decodeURIComponent],
  ['as part of a LIKE pattern', (value) => value, (value) => `%${value}%`],
];

/** The text with numbered placeholders where the dialect has them, and its quotes. */
export function placeholders(dialect: Dialect, text: string): string {
  let count = 0;
  if (dialect === 'postgres') return text.replaceAll('?', () => `$${++count}`);
  if (dialect === 'sqlite') return text;
  return text
    .replaceAll('"', '`')
    .replace("first_name || ' ' || last_name", "concat(first_name, ' ', last_name)");
}

function* inline(dialect: Dialect): Generator<Draft> {
  let turn = 0;
  const texts = inlined[dialect];
  for (const value of Object.values(userInputs).flat()) {
    for (let round = 0; round < 2; round++) {
      const text = texts[turn++ % texts.length] as string;
      yield {
        dialect,
        text: fill(text, doubled(dialect, value)),
        twin: fill(text, 'x'),
        inputs: withHeaders(turn, value),
        note: 'an ordinary value in a literal, its quotes doubled',
      };
    }
    const text = texts[turn++ % texts.length] as string;
    yield {
      dialect,
      text: text.replace(/'\{v\}'/, () => literal(dialect, value)),
      twin: fill(text, 'x'),
      inputs: withHeaders(turn, value),
      note: "an ordinary value as the driver's own function escapes it",
    };
  }
}

function* changed(dialect: Dialect): Generator<Draft> {
  let turn = 0;
  const texts = inlined[dialect];
  for (const value of Object.values(userInputs).flat()) {
    const [note, send, use] = kept[turn % kept.length] as (typeof kept)[number];
    const text = texts[turn++ % texts.length] as string;
    yield {
      dialect,
      text: fill(text, doubled(dialect, use(send(value)))),
      twin: fill(text, 'x'),
      inputs: withHeaders(turn, send(value)),
      note: `an ordinary value, ${note}, its quotes doubled`,
    };
  }
}

function* parameters(dialect: Dialect): Generator<Draft> {
  let turn = 0;
  for (const value of Object.values(userInputs).flat()) {
    for (let round = 0; round < 2; round++) {
      const text = placeholders(dialect, bound[turn++ % bound.length] as string);
      const count = (text.match(/\?|\$\d+/g) ?? []).length;
      yield {
        dialect,
        text,
        twin: text,
        values: Array.from({ length: count }, () => value),
        inputs: withHeaders(turn, value),
        note: 'an ordinary value, bound',
      };
    }
  }
}

/** Values of ordinary users, escaped or bound as they should be. */
export function escapedValues(): ProvenCase[] {
  return [
    ...numberCases(
      'escaped',
      false,
      dialects.flatMap((dialect) => [...inline(dialect)]),
    ),
    ...numberCases(
      'changed',
      false,
      dialects.flatMap((dialect) => [...changed(dialect)]),
    ),
    ...numberCases(
      'bound',
      false,
      dialects.flatMap((dialect) => [...parameters(dialect)]),
    ),
  ];
}
