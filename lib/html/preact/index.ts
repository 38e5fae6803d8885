/**
 * JSX of Preact in which untrusted values run nothing. Set `"jsxImportSource": "bulwark/html/preact"` in tsconfig.json.
 *
 * @module
 */
import { createElement as createPreactElement } from 'preact';
import { checkedCreate } from '../jsx/checked-create.ts';
import { checkPreactProps } from './check-preact-props.ts';

export { type InnerHtml, innerHtml } from '../jsx/inner-html.ts';
export { type JsonScript, jsonScript } from '../jsx/json-script.ts';
export { allowLinkSchemes } from '../jsx/link-schemes.ts';
export { pageNonce } from '../jsx/page-nonce.ts';

/** Preact's `createElement` with the checks of this JSX. Compilers call it where a `key` follows properties that are spread. */
export const createElement: typeof createPreactElement = checkedCreate(
  createPreactElement as Parameters<typeof checkedCreate>[0],
  checkPreactProps,
) as typeof createPreactElement;
