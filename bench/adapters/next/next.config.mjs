import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const proxy = process.env.BULWARK_NEXT_PROXY;

export default {
  poweredByHeader: false,
  distDir: process.env.BULWARK_NEXT_OUT ?? 'out',
  // `proxy.usual.js` is a proxy only in the build that is named so.
  pageExtensions: [...(proxy ? [`${proxy}.js`] : []), 'js', 'jsx'],
  turbopack: { root, resolveAlias: { 'next/headers.js': 'next/headers' } },
};
