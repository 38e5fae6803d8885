/** Puts a value at the `{v}` of a template, and a second one at its `{w}`. */
export function fill(template: string, v: string, w = ''): string {
  return template
    .split('{v}')
    .map((part) => part.split('{w}').join(w))
    .join(v);
}
