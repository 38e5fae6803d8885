/** The reason that the options themselves hold: one of a prototype may come from pollution. */
export function reasonOf(options: { readonly because: string }): string | undefined {
  const because: unknown =
    Object(options) === options && Object.hasOwn(options, 'because') && options.because;
  return typeof because === 'string' && because.trim().length >= 10 ? because : undefined;
}
