import { describe, expectTypeOf, it } from 'vitest';
import {
  type Decision,
  isRefusal,
  Misuse,
  type MisuseCode,
  type NoticeCode,
  Refusal,
  type RefusalCode,
  type RefusalDetail,
} from './index.ts';

declare const error: unknown;
declare const decision: Decision;

describe('isRefusal', () => {
  it('narrows to a refusal', () => {
    if (isRefusal(error)) {
      expectTypeOf(error.code).toEqualTypeOf<RefusalCode>();
      expectTypeOf(error.requestId).toEqualTypeOf<string | undefined>();
    }
  });

  it('narrows the code and its detail', () => {
    if (isRefusal(error, 'fetch/private-address')) {
      expectTypeOf(error.code).toEqualTypeOf<'fetch/private-address'>();
      expectTypeOf(error.detail.address).toEqualTypeOf<string>();
    }
  });

  it('narrows an area', () => {
    if (isRefusal(error, 'fetch/*')) expectTypeOf(error.code).toExtend<`fetch/${string}`>();
  });

  it('takes only codes and areas that exist', () => {
    // @ts-expect-error no such code
    isRefusal(error, 'fetch/private-adress');
    // @ts-expect-error no such area
    isRefusal(error, 'fetsch/*');
    // @ts-expect-error a mistake of the programmer's is no refusal
    isRefusal(error, 'bulwark/invalid-option');
  });
});

describe('the catalogue', () => {
  it('keeps refusals, notices and misuses apart', () => {
    expectTypeOf<'event/dropped'>().toExtend<NoticeCode>();
    expectTypeOf<'bulwark/two-copies'>().toExtend<MisuseCode>();
    expectTypeOf<Extract<RefusalCode, MisuseCode | NoticeCode>>().toBeNever();
  });

  it('makes each error only of its own codes, with its own detail', () => {
    // @ts-expect-error a notice is not thrown
    new Refusal('event/dropped', { detail: {} });
    // @ts-expect-error a refusal is no misuse
    new Misuse('fetch/private-address');
    // @ts-expect-error a field is missing
    ({ host: 'h', address: '10.0.0.1' }) satisfies RefusalDetail<'fetch/private-address'>;
  });
});

describe('Decision', () => {
  it('has a code only where it says no', () => {
    if (decision.allow) {
      // @ts-expect-error nothing was denied
      decision.code;
    } else {
      expectTypeOf(decision.code).toEqualTypeOf<RefusalCode>();
    }
  });
});
