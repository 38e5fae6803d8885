import type { JSX as PreactJSX } from 'preact/jsx-runtime';
import type { Narrowed } from '../jsx/narrowed.ts';

/** Preact's types of JSX, in which markup, scripts and URLs have to be safe. */
export declare namespace JSX {
  type ElementType = PreactJSX.ElementType;
  interface Element extends PreactJSX.Element {}
  type ElementClass = PreactJSX.ElementClass;
  interface ElementAttributesProperty extends PreactJSX.ElementAttributesProperty {}
  interface ElementChildrenAttribute extends PreactJSX.ElementChildrenAttribute {}
  type LibraryManagedAttributes<Component, Props> = PreactJSX.LibraryManagedAttributes<Component, Props>;
  interface IntrinsicAttributes extends PreactJSX.IntrinsicAttributes {}
  type IntrinsicElements = {
    [Name in keyof PreactJSX.IntrinsicElements]: Narrowed<PreactJSX.IntrinsicElements[Name], Name>;
  };
}
