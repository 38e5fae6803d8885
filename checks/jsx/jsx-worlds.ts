import { createElement as preactElement } from 'preact';
import { renderToString as renderPreact } from 'preact-render-to-string';
import { createElement as reactElement } from 'react';
import { renderToStaticMarkup as renderReact } from 'react-dom/server';
import { expect } from 'vitest';
import * as preactHelpers from '../../lib/html/preact/index.ts';
import { jsxDEV as preactDev } from '../../lib/html/preact/jsx-dev-runtime/index.ts';
import { jsx as preactJsx, jsxs as preactJsxs } from '../../lib/html/preact/jsx-runtime/index.ts';
import * as reactHelpers from '../../lib/html/react/index.ts';
import { jsxDEV as reactDev } from '../../lib/html/react/jsx-dev-runtime/index.ts';
import { jsx as reactJsx, jsxs as reactJsxs } from '../../lib/html/react/jsx-runtime/index.ts';

export type Props = Record<string, unknown>;
export type Make = (type: unknown, props: Props) => unknown;

export interface World {
  readonly name: string;
  readonly make: Make;
  /** As compilers write it where a key follows what is spread. */
  readonly create: (type: unknown, props: Props, ...children: unknown[]) => unknown;
  readonly render: (element: unknown) => string;
  readonly ways: readonly Make[];
  readonly bare: Make;
}

const asMake = (jsx: unknown): Make => jsx as Make;
/** A component that hands everything on. */
export function element(type: string, make: Make): (props: Props) => unknown {
  return (props) => make(type, props);
}

const dev =
  (jsx: unknown): Make =>
  (type, props) =>
    (jsx as (...of: unknown[]) => unknown)(type, props, undefined, false);

export const worlds: readonly World[] = [
  {
    name: 'React',
    make: asMake(reactJsx),
    create: reactHelpers.createElement as never,
    render: renderReact as never,
    ways: [asMake(reactJsx), asMake(reactJsxs), dev(reactDev), reactHelpers.createElement as never],
    bare: reactElement as never,
  },
  {
    name: 'Preact',
    make: asMake(preactJsx),
    create: preactHelpers.createElement as never,
    render: renderPreact as never,
    ways: [asMake(preactJsx), asMake(preactJsxs), dev(preactDev), preactHelpers.createElement as never],
    bare: preactElement as never,
  },
];

export function refuses(code: string, work: () => unknown): void {
  expect(work).toThrow(expect.objectContaining({ code, name: 'Misuse', hint: expect.stringMatching(/\w/) }));
}
