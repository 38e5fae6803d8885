import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const variant = process.env.BULWARK_NEXT_VARIANT;

/** `proxy.proxied.js` is the application's proxy in one variant, and all pages are dynamic. */
export default {
  poweredByHeader: false,
  distDir: process.env.BULWARK_NEXT_OUT ?? 'out',
  pageExtensions: variant === 'proxied' ? ['proxied.js', 'jsx', 'js'] : ['static.jsx', 'jsx', 'js'],
  experimental: { sri: { algorithm: 'sha256' } },
  turbopack: { root, resolveAlias: { 'next/headers.js': 'next/headers' } },
};
