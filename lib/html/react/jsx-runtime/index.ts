/**
 * What compilers call for JSX with `"jsxImportSource": "bulwark/html/react"`.
 *
 * @module
 */
export { Fragment } from 'react/jsx-runtime';
export { jsx, jsxs } from '../checked-jsx.ts';
export type { JSX } from '../jsx-types.ts';
