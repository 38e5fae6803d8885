import { jsonText } from './json-text.ts';

/**
 * Where in a script a value can stand: behind what is followed by an expression, and where nothing in front of it could
 * be a string, a template, a regular expression, a comment or markup. What is decided is not that the script is right,
 * but that the hole is no part of such a text, whatever the grammar of JavaScript becomes.
 *
 * @param before the script up to the hole
 */
export function takesScriptValue(before: string): boolean {
  return !/["'`/<]/.test(before) && /[=(,:[][\t\n\f\r ]*$/.test(before);
}

/**
 * JSON as an expression. In an object literal, `"__proto__": x` would set the prototype, where JSON makes a property
 * of it; in brackets it makes one here too. No string can hold what is replaced, as its quotes are escaped.
 */
export function scriptValue(value: unknown): string {
  return jsonText(value).replace(/([{,])"__proto__":/g, '$1["__proto__"]:');
}
