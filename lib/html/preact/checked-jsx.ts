import { jsx as preactJsx, jsxs as preactJsxs } from 'preact/jsx-runtime';
import { checkPreactProps } from './check-preact-props.ts';

type Create = (type: string, props: object, key?: string) => ReturnType<typeof preactJsx>;

const create = preactJsx as Create;
const createStatic = preactJsxs as Create;

export const jsx: typeof preactJsx = (type: unknown, props: object, key?: string) =>
  create(type as string, checkPreactProps(type, props), key);
export const jsxs: typeof preactJsxs = (type: unknown, props: object, key?: string) =>
  createStatic(type as string, checkPreactProps(type, props), key);
