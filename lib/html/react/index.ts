/**
 * JSX of React in which untrusted values run nothing. Set `"jsxImportSource": "bulwark/html/react"` in tsconfig.json.
 *
 * @module
 */
import { createElement as createReactElement } from 'react';
import { checkedCreate } from '../jsx/checked-create.ts';

export { type InnerHtml, innerHtml } from '../jsx/inner-html.ts';
export { type JsonScript, jsonScript } from '../jsx/json-script.ts';
export { allowLinkSchemes } from '../jsx/link-schemes.ts';
export { pageNonce } from '../jsx/page-nonce.ts';

/** React's `createElement` with the checks of this JSX. Compilers call it where a `key` follows properties that are spread. */
export const createElement: typeof createReactElement = checkedCreate(
  createReactElement as Parameters<typeof checkedCreate>[0],
) as typeof createReactElement;
