/**
 * The function for `proxy.ts` of Next.js. It imports no module of Node, so it runs in edge runtimes too.
 *
 * @module
 */
export type { NextOptions, NextRoute } from '../next-options.ts';
export { type OwnProxy, type ProxyRequest, proxy } from './proxy.ts';
