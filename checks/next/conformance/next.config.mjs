import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The library is bundled from its source, as an application bundles the package. */
export default {
  poweredByHeader: false,
  distDir: process.env.BULWARK_NEXT_OUT ?? 'out',
  turbopack: {
    root,
    resolveAlias: { 'next/headers.js': 'next/headers', 'next/server': 'next/server' },
  },
};
