import { jsx as reactJsx, jsxs as reactJsxs } from 'react/jsx-runtime';
import { checkProps } from '../jsx/check-props.ts';

export const jsx: typeof reactJsx = (type, props, key) => reactJsx(type, checkProps(type, props), key);
export const jsxs: typeof reactJsxs = (type, props, key) => reactJsxs(type, checkProps(type, props), key);
