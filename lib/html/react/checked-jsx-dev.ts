import { jsxDEV as reactJsxDev } from 'react/jsx-dev-runtime';
import { checkProps } from '../jsx/check-props.ts';

export const jsxDEV: typeof reactJsxDev = (type, props, ...rest) =>
  reactJsxDev(type, checkProps(type, props), ...rest);
