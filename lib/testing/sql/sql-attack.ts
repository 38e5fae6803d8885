import type { Attack } from '../input/derive-payloads.ts';

/**
 * Short and without spaces, so that a check of one part of the value lets them through. Each changes the tokens of a statement
 * wherever it is written. They are probes; the payloads of the corpus are attacks.
 */
export const sqlAttack: Attack = {
  hides: false,
  fragments: [
    { name: 'adds a condition', text: `/**/OR/**/'1'="1` },
    { name: 'closes a literal', text: `'OR'1'='1` },
    { name: 'adds an operand', text: '/**/OR/**/1=1' },
    { name: 'closes a literal, in three characters', text: `'+'` },
    { name: 'adds a condition, with spaces', text: ' OR 1=1' },
    { name: 'closes a literal in double quotes', text: '"OR"1"="1' },
    { name: 'closes a name in backticks', text: '`,(select`1' },
    { name: 'closes a parenthesis', text: `)OR(1=1` },
    { name: 'closes a literal and a parenthesis', text: `')OR('1'='1` },
    { name: 'adds a statement', text: ';SELECT(1)' },
    { name: 'adds a column', text: ',(SELECT(1))' },
    { name: 'starts a comment', text: '--' },
    { name: 'escapes the closing quote', text: '\\' },
  ],
  overlays: [
    { name: 'closes a literal', text: `'OR'1'='1` },
    { name: 'closes a literal, in three characters', text: `'+'` },
  ],
  whole: [
    `' OR '1'='1`,
    `'OR'1'='1`,
    '1 OR 1=1',
    `" OR "1"="1`,
    `'; DROP TABLE users; --`,
    `') OR ('1'='1`,
    `\\' OR 1=1 --`,
    `' UNION SELECT password FROM users --`,
    'name, (SELECT 1)',
    "admin'--",
  ],
};
