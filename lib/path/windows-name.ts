/** Devices have these names in every directory, with any extension (learn.microsoft.com, "Naming Files, Paths, and Namespaces"; CVE-2025-27210). */
const device =
  /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[\d\u00b9\u00b2\u00b3]|lpt[\d\u00b9\u00b2\u00b3])$/i;

/** True for `CON`, `nul.txt`, `COM1 .log` and `LPT\u00b9`. */
export function isDevice(component: string): boolean {
  return device.test((component.split(/[.:]/, 1)[0] ?? '').replace(/ +$/, ''));
}

/** Why Windows reads this name as another one; undefined if it doesn't. */
export function readAsAnother(component: string): string | undefined {
  if (component.includes(':')) return 'a colon: a drive or a stream of Windows';
  // Windows drops them: `secret.txt.` is `secret.txt`.
  if (/[. ]$/.test(component)) return 'a dot or a space at the end of a name';
  return isDevice(component) ? 'a device name of Windows' : undefined;
}
