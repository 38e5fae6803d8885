/** A width or height as HTML reads it (HTML standard, 2.3.4.4): `100px` and `99.5` are pixels too. At most 9999. */
export function dimension(value: string): string | undefined {
  const [, whole, part = '', unit = ''] =
    /^\s{0,8}\+?(\d{1,4})(\.\d{1,6})?\s{0,8}(px|%)?\s{0,8}$/i.exec(value) ?? [];
  if (whole === undefined) return undefined;
  return unit === '%' ? `${whole}${part}%` : whole;
}
