import type { NginxContext } from './nginx-view.ts';
import type { Directive } from './parse-nginx.ts';

/**
 * The `add_header` directives that hold in a context. They are inherited only if the inner level has none of its own, unless
 * `add_header_inherit merge` (nginx 1.29.3) says otherwise.
 */
export function headersOf({ levels }: NginxContext): readonly Directive[] {
  let mode = 'on';
  let held: readonly Directive[] = [];
  for (const level of levels) {
    mode = level.filter(({ name }) => name === 'add_header_inherit').at(-1)?.args[0] ?? mode;
    const own = level.filter(({ name }) => name === 'add_header');
    if (mode === 'off') held = own;
    else if (mode === 'merge') held = [...held, ...own];
    else if (own.length > 0) held = own;
  }
  return held;
}

/** The one for this header, if its value is not empty; an empty value sends none. */
export function headerOf(context: NginxContext, name: string): Directive | undefined {
  return headersOf(context).find(({ args }) => args[0]?.toLowerCase() === name && (args[1] ?? '') !== '');
}
