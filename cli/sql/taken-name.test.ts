import { describe, expect, it } from 'vitest';
import { sql } from '../../lib/sql/index.ts';
import { isTakenName } from './taken-name.ts';

const names = [
  ...[
    'users',
    'Two words',
    "it's",
    'a\\b',
    '__proto__',
    'constructor',
    '\u00fcber',
    '\u{1f600}',
    '1',
    'x'.repeat(63),
  ],
  ...[
    '',
    ' a',
    'a ',
    'a.b',
    'a"b',
    'a\nb',
    'a\0b',
    '\ud800',
    'x'.repeat(64),
    '\u00fc'.repeat(32),
    '\u00a0',
    'a\u2028',
  ],
];

describe('isTakenName', () => {
  it.each(names)('says what sql.table does: %j', (name) => {
    const define = () => sql.table('t', { [name]: 'any' });
    if (isTakenName(name)) expect(Object.keys(define())).toEqual([name]);
    else expect(define).toThrow(expect.objectContaining({ code: 'sql/invalid-name' }));
  });
});
