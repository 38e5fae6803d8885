declare const mark: unique symbol;

/**
 * Guarantee: as the value of `Location`, this text leads to a path of the application itself, or to an origin that the developer listed. It is in
 * the normal form of the URL standard: ASCII, without control characters, spaces and backslashes outside of the query.
 *
 * The type exists at compile time only. At run time it is a string, which every framework takes.
 */
export type SafeRedirect = string & { readonly [mark]: 'SafeRedirect' };

export const asSafeRedirect = (location: string): SafeRedirect => location as SafeRedirect;
