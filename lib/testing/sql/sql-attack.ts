import type { Attack } from '../input/derive-payloads.ts';

/**
 * Short and without spaces, so that a check of a part lets them through. Each changes the tokens of a statement wherever
 * it stands in it: a probe, where a payload of the corpus does something.
 */
export const sqlAttack: Attack = {
  hides: false,
  fragments: [
    { name: 'a condition that holds', text: `/**/OR/**/'1'="1` },
    { name: 'the end of a literal', text: `'OR'1'='1` },
    { name: 'another operand', text: '/**/OR/**/1=1' },
    { name: 'an operator in a few characters', text: `'+'` },
    { name: 'a condition with spaces', text: ' OR 1=1' },
    { name: 'the end of a literal in double quotes', text: '"OR"1"="1' },
    { name: 'the end of a name in backticks', text: '`,(select`1' },
    { name: 'the end of parentheses', text: `)OR(1=1` },
    { name: 'the end of a literal in parentheses', text: `')OR('1'='1` },
    { name: 'another statement', text: ';SELECT(1)' },
    { name: 'another column', text: ',(SELECT(1))' },
    { name: 'a comment', text: '--' },
    { name: 'a backslash', text: '\\' },
  ],
  overlays: [
    { name: 'the end of a literal', text: `'OR'1'='1` },
    { name: 'an operator', text: `'+'` },
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
