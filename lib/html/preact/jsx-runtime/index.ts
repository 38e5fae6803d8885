/**
 * What compilers call for JSX with `"jsxImportSource": "bulwark/html/preact"`.
 *
 * @module
 */
export { Fragment } from 'preact/jsx-runtime';
export { jsx, jsxs } from '../checked-jsx.ts';
export type { JSX } from '../jsx-types.ts';
