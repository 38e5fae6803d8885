import { describe, expectTypeOf, it } from 'vitest';
import type { Session, Sessions } from './index.ts';

interface Data {
  cart: string[];
  visits: number;
}

declare const session: Session<Data>;
declare const own: Sessions<Data>;

describe('a session', () => {
  it('has the types of the application, and every key may be missing', () => {
    expectTypeOf(session.data.cart).toEqualTypeOf<string[] | undefined>();
    expectTypeOf(own.of).returns.toEqualTypeOf<Session<Data>>();
    expectTypeOf(session.set).parameter(0).toEqualTypeOf<Partial<Data>>();
  });

  it('takes no other keys and values', () => {
    void session.set({ visits: 1 });
    // @ts-expect-error: a number is kept there.
    void session.set({ visits: '1' });
    // @ts-expect-error: there is no such key.
    void session.set({ visit: 1 });
    // @ts-expect-error: a key is deleted by `delete`.
    void session.set({ visits: undefined });
    // @ts-expect-error: there is no such key.
    void session.delete('visit');
    void session.update(({ visits = 0 }) => ({ visits: visits + 1, cart: undefined }));
    // @ts-expect-error: it runs more than once, so it does not wait.
    void session.update(async () => ({ visits: 1 }));
    // @ts-expect-error: changes go through `set`.
    session.data.visits = 1;
  });

  it('has no id', () => {
    expectTypeOf<Session<Data>>().not.toHaveProperty('id');
  });
});
