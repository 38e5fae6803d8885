/**
 * What compilers call for JSX with `"jsxImportSource": "bulwark/html/react"` during development.
 *
 * @module
 */
export { Fragment } from 'react/jsx-dev-runtime';
export { jsxDEV } from '../checked-jsx-dev.ts';
export type { JSX } from '../jsx-types.ts';
