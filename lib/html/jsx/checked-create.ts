import { checkProps } from './check-props.ts';

type Create = (type: unknown, props: unknown, ...children: unknown[]) => unknown;

/** A `createElement` that checks properties first. Where a child could be code, it is checked as one of them. */
export function checkedCreate(create: Create): Create {
  return (type, props, ...children) => {
    const isCode = children.length > 0 && /^(?:script|style)$/i.test(typeof type === 'string' ? type : '');
    return isCode
      ? create(type, checkProps(type, { ...(props as object | null), children }))
      : create(type, checkProps(type, props), ...children);
  };
}
