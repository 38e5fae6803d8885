/** Whether an undeclared name in a template's JavaScript is a global of the language or of the browser. */
export function isGlobalName(name: string): boolean {
  return globals.has(name);
}

const globals: ReadonlySet<string> = new Set(
  (
    'Array BigInt Boolean Buffer Date Error Intl JSON Map Math Number Object Promise Proxy Reflect RegExp Set String ' +
    'Symbol URL URLSearchParams WeakMap WeakSet console decodeURI decodeURIComponent document encodeURI ' +
    'encodeURIComponent escape eval fetch globalThis isFinite isNaN localStorage location navigator parseFloat parseInt ' +
    'process require sessionStorage setInterval setTimeout structuredClone unescape undefined window DOMPurify $'
  ).split(' '),
);
