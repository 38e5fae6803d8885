import { expectTypeOf, test } from 'vitest';
import type { GuardOptions } from './guard-options.ts';

test('csrf takes report mode with its end, and no mode without one', () => {
  expectTypeOf({ csrf: { mode: 'report', until: '2027-01-31' } } as const).toExtend<GuardOptions>();
  expectTypeOf({ csrf: {} } as const).toExtend<GuardOptions>();
  expectTypeOf({ csrf: { mode: 'report' } } as const).not.toExtend<GuardOptions>();
  const options: GuardOptions = { csrf: { mode: 'report', until: '2027-01-31' } };
  expectTypeOf(options).toExtend<GuardOptions>();
});
