import { rulesFor } from '../../lib/sql/lex/rules.ts';
import { tokenise } from '../../lib/sql/lex/tokenise.ts';
import { legitimateTexts, sqlPayloads } from '../../lib/testing/corpus/sql.ts';
import { fill } from './corpus/fill.ts';
import type { Dialect, ProvenCase } from './corpus/firewall-case.ts';
import { literal } from './corpus/literal.ts';
import { numberCases } from './corpus/number-cases.ts';
import { shapePostgres } from './corpus/shape-postgres.ts';
import { shapeTokens } from './corpus/shape-tokens.ts';

const dialects: readonly Dialect[] = ['postgres', 'mysql', 'sqlite'];
const quoted = [
  "select id from users where name = '{v}' and password = 'a'",
  "select id, name from items where (name like '%{v}%') order by id",
  "insert into notes (id, body) values (1, '{v}')",
];
const bare = ['select id from users where id = {v}', 'select id, name from items order by {v} limit 10'];

/**
 * The texts of `bulwark/testing` in statements that are put together, by what the database's own parser, or its tokens,
 * make of them: an attack is a text of another shape than the one with a harmless value. Those of the same shape, and
 * all of them where they are escaped, are ordinary.
 */
export function payloadCases(): readonly ProvenCase[] {
  const texts = [...sqlPayloads.map(({ payload }) => payload), ...legitimateTexts.map(({ text }) => text)];
  const attacks: ProvenCase[] = [];
  const ordinary: ProvenCase[] = [];
  for (const dialect of dialects) {
    for (const text of texts) {
      const made = [...quoted.map((one) => at(one, text, 'x')), ...bare.map((one) => at(one, text, '7'))];
      for (const { text: whole, twin } of made) {
        const changed = changes(dialect, whole, twin, text);
        if (changed === undefined) continue;
        const draft = { dialect, text: whole, twin, inputs: [text], note: '' };
        (changed ? attacks : ordinary).push(
          ...numberCases(changed ? 'payload' : 'same-shape', changed, [draft]),
        );
      }
      for (const one of quoted) {
        if (text.includes('\0')) continue;
        const escaped = literal(dialect, text);
        const whole = fill(one.replace(/'%?\{v\}%?'/, '{v}'), escaped);
        const draft = { dialect, text: whole, twin: whole, inputs: [text], note: '' };
        ordinary.push(...numberCases('escaped-payload', false, [draft]));
      }
    }
  }
  return [...attacks, ...ordinary];
}

function at(template: string, value: string, harmless: string): { text: string; twin: string } {
  return { text: fill(template, value), twin: fill(template, harmless) };
}

/** Undefined where the value is one token, or what comes of it is no SQL. */
function changes(dialect: Dialect, text: string, twin: string, value: string): boolean | undefined {
  try {
    const tokens = tokenise(value, rulesFor(dialect));
    if (text.includes('\0') || tokens.length === 0 || (tokens.length === 1 && tokens[0]?.closed))
      return undefined;
    if (dialect === 'postgres') return shapePostgres(text) !== shapePostgres(twin);
    return shapeTokens(dialect, text, false) !== shapeTokens(dialect, twin, false);
  } catch {
    return undefined;
  }
}
