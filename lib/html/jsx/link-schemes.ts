import { shared } from '../../internal/registry.ts';
import { linkSchemes, runningScheme } from '../values/safe-url.ts';
import { JsxMisuse } from './jsx-misuse.ts';

/** Only scripts of this page's own origin make `blob:` URLs. */
const known = (): Set<string> => shared('jsx:schemes', () => new Set([...linkSchemes, 'blob']));

/** The schemes that an attribute may have. */
export function allowedSchemes(): ReadonlySet<string> {
  return known();
}

/**
 * Lets links have further schemes, such as that of an app on the user's device. Call it once, before anything is rendered, on the server
 * and in the browser alike.
 *
 * @throws Misuse `html/invalid-value` for a scheme that runs code, such as `javascript` or `data`, or an invalid name
 *
 * @example
 * ```ts
 * import { allowLinkSchemes } from 'bulwark/html/react';
 *
 * allowLinkSchemes('sms', 'whatsapp'); // <a href="sms:+15551234"> is left as it is
 * ```
 */
export function allowLinkSchemes(...schemes: readonly string[]): void {
  for (const scheme of schemes) {
    if (
      typeof scheme !== 'string' ||
      !/^[a-z][a-z0-9+.-]*$/i.test(scheme) ||
      runningScheme.test(`${scheme}:`)
    ) {
      throw new JsxMisuse(
        'html/invalid-value',
        'allowLinkSchemes takes names of schemes that run no code.',
        "Such as allowLinkSchemes('sms', 'whatsapp').",
      );
    }
    known().add(scheme.toLowerCase());
  }
}
