import { describe, expectTypeOf, it } from 'vitest';
import type { Sql } from '../../sql/index.ts';
import { trustedSql } from './trusted-sql.ts';

const because = 'for this test alone';
declare const text: string;
declare const either: 'asc' | 'desc';
declare const table: `log_${number}`;
declare const anything: ReturnType<typeof JSON.parse>;

describe('trustedSql', () => {
  it('takes literals', () => {
    expectTypeOf(trustedSql('now()', { because })).toEqualTypeOf<Sql>();
    expectTypeOf(trustedSql(`now()`, { because })).toEqualTypeOf<Sql>();
    expectTypeOf(trustedSql(either, { because })).toEqualTypeOf<Sql>();
  });

  it('takes nothing that was put together', () => {
    // @ts-expect-error a string
    trustedSql(text, { because });
    // @ts-expect-error a template with a string
    trustedSql(`order by ${text}`, { because });
    // @ts-expect-error a template type
    trustedSql(table, { because });
    // @ts-expect-error any
    trustedSql(anything, { because });
    // @ts-expect-error a string among literals
    trustedSql(either === 'asc' ? text : 'asc', { because });
    // @ts-expect-error no reason
    trustedSql('now()');
  });
});
