import { describe, expect, it } from 'vitest';
import { withBulwarkConfig } from './with-bulwark-config.ts';

describe('withBulwarkConfig', () => {
  it('hides Next.js, adds integrity, and lets actions come from the origin', async () => {
    const config = withBulwarkConfig({ reactStrictMode: true } as object, {
      origin: ['https://shop.example.com', 'https://admin.example.com:8443'],
    });
    expect(config).toMatchObject({
      reactStrictMode: true,
      poweredByHeader: false,
      experimental: {
        sri: { algorithm: 'sha256' },
        serverActions: { allowedOrigins: ['shop.example.com', 'admin.example.com:8443'] },
      },
    });
    const [files] = await config.headers();
    expect(files?.source).toBe('/_next/:path*');
    expect(files?.headers).toContainEqual({ key: 'X-Content-Type-Options', value: 'nosniff' });
  });

  it("keeps the application's own", async () => {
    const own = { source: '/docs', headers: [{ key: 'X-Own', value: '1' }] };
    const config = withBulwarkConfig({
      headers: async () => [own],
      experimental: {
        serverActions: { bodySizeLimit: '2mb', allowedOrigins: ['a.example'] },
        typedRoutes: true,
      },
    });
    expect((await config.headers()).at(-1)).toEqual(own);
    expect(config.experimental).toMatchObject({
      typedRoutes: true,
      serverActions: { bodySizeLimit: '2mb', allowedOrigins: ['a.example'] },
    });
  });

  it('sets no headers where they are switched off', async () => {
    expect(await withBulwarkConfig({}, { headers: false }).headers()).toEqual([]);
  });

  it.each([{ orign: 'https://shop.example.com' }, { origin: 'shop.example.com' }])(
    'refuses %j',
    (options) => {
      expect(() => withBulwarkConfig({}, options as object)).toThrow(
        expect.objectContaining({ code: 'bulwark/invalid-option' }),
      );
    },
  );
});
