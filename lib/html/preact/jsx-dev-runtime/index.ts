/**
 * What compilers call for JSX with `"jsxImportSource": "bulwark/html/preact"` during development.
 *
 * @module
 */
export { Fragment } from 'preact/jsx-dev-runtime';
export { jsxDEV } from '../checked-jsx-dev.ts';
export type { JSX } from '../jsx-types.ts';
