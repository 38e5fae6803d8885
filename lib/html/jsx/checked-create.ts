import { checkProps, isCode, localName } from './check-props.ts';

type Create = (type: unknown, props: unknown, ...children: unknown[]) => unknown;

/** A `createElement` that checks properties first. Where a child could be code, it is checked as one of them. */
export function checkedCreate(create: Create, check: typeof checkProps = checkProps): Create {
  return (type, props, ...children) => {
    return children.length > 0 && isCode(localName(type))
      ? create(type, check(type, { ...(props as object | null), children }))
      : create(type, check(type, props), ...children);
  };
}
