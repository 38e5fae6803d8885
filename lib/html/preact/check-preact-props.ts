import { Fragment } from 'preact';
import { checkProps } from '../jsx/check-props.ts';
import { isObject, notSafe } from '../jsx/inner-html.ts';

/** As `checkProps`. It also refuses `tpl` on a Fragment: Preact renders it as markup, and only compilers should write it. */
export function checkPreactProps<P>(type: unknown, props: P): P {
  if (type === Fragment && isObject(props) && 'tpl' in props) throw notSafe('A Fragment takes no tpl.');
  return checkProps(type, props);
}
