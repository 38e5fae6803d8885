import { Fragment } from 'preact';
import { checkProps } from '../jsx/check-props.ts';
import { isObject, notSafe } from '../jsx/inner-html.ts';

/** As `checkProps`. A Fragment of Preact takes markup besides, which compilers write and nobody else should. */
export function checkPreactProps<P>(type: unknown, props: P): P {
  if (type === Fragment && isObject(props) && 'tpl' in props) throw notSafe('A Fragment takes no tpl.');
  return checkProps(type, props);
}
