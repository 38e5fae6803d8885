import type { JSX as ReactJSX } from 'react';
import type { Narrowed } from '../jsx/narrowed.ts';

/** React's types of JSX, in which markup, scripts and URLs have to be safe. */
export declare namespace JSX {
  type ElementType = ReactJSX.ElementType;
  interface Element extends ReactJSX.Element {}
  interface ElementClass extends ReactJSX.ElementClass {}
  interface ElementAttributesProperty extends ReactJSX.ElementAttributesProperty {}
  interface ElementChildrenAttribute extends ReactJSX.ElementChildrenAttribute {}
  type LibraryManagedAttributes<Component, Props> = ReactJSX.LibraryManagedAttributes<Component, Props>;
  interface IntrinsicAttributes extends ReactJSX.IntrinsicAttributes {}
  interface IntrinsicClassAttributes<Type> extends ReactJSX.IntrinsicClassAttributes<Type> {}
  type IntrinsicElements = {
    [Name in keyof ReactJSX.IntrinsicElements]: Narrowed<ReactJSX.IntrinsicElements[Name], Name>;
  };
}
