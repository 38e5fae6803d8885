import { expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { type Keyring, type Secret, secrets } from './index.ts';

it('gives what each name was asked for', async () => {
  const loaded = await secrets({
    ...({ TOKEN: 'secret', URL: z.url(), APP_KEY: 'key', PLAIN: {} } as const),
    ...({ SMTP: { optional: true }, OLD_KEY: { kind: 'key', optional: true } } as const),
  });
  expectTypeOf(loaded.TOKEN).toEqualTypeOf<Secret>();
  expectTypeOf(loaded.URL).toEqualTypeOf<Secret>();
  expectTypeOf(loaded.PLAIN).toEqualTypeOf<Secret>();
  expectTypeOf(loaded.APP_KEY).toEqualTypeOf<Keyring>();
  expectTypeOf(loaded.SMTP).toEqualTypeOf<Secret | undefined>();
  expectTypeOf(loaded.OLD_KEY).toEqualTypeOf<Keyring | undefined>();
  // @ts-expect-error: it is not asked for
  loaded.OTHER;
  // @ts-expect-error: no kind
  await secrets({ TOKEN: 'keys' });
  // @ts-expect-error: the schema gives a number
  await secrets({ TOKEN: z.coerce.number() });
  // @ts-expect-error: a Secret is no string
  expectTypeOf(loaded.TOKEN).toBeString();
});
