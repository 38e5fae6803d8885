import { jsxDEV as preactJsxDev } from 'preact/jsx-dev-runtime';
import { checkPreactProps } from './check-preact-props.ts';

type Create = (type: string, props: object, ...rest: unknown[]) => ReturnType<typeof preactJsxDev>;

const create = preactJsxDev as Create;

export const jsxDEV: typeof preactJsxDev = (type: unknown, props: object, ...rest: unknown[]) =>
  create(type as string, checkPreactProps(type, props), ...rest);
