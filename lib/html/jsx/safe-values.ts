import { sharedIfAny } from '../../internal/registry.ts';
import type { TrustedResourceUrl } from '../values/resource-url-type.ts';
import type { Content, SafeHtml } from '../values/safe-html.ts';
import type { SafeScript } from '../values/safe-script-type.ts';
import type { SafeStyle } from '../values/safe-style-type.ts';
import type { SafeUrl } from '../values/safe-url-type.ts';

/** Safe content for an element. */
export type SafeContent = SafeHtml | SafeScript | SafeStyle;
export type TrustedUrl = SafeUrl | TrustedResourceUrl;

/** Safe values are looked up in the process's registry. A browser makes none, so it loads no template code. */
interface HtmlMaker {
  contentOf(value: object): Content | undefined;
}

export function htmlContent(value: object): Content | undefined {
  return sharedIfAny<HtmlMaker>('html:content')?.contentOf(value);
}

/** The text of a SafeScript or a SafeStyle. */
export function codeText(value: object, kind: 'script' | 'style'): string | undefined {
  return sharedIfAny<WeakMap<object, string>>(`html:${kind}`)?.get(value);
}

export function trustedUrlText(value: object): string | undefined {
  return (
    sharedIfAny<WeakMap<object, string>>('html:url')?.get(value) ??
    sharedIfAny<WeakMap<object, string>>('html:resource-url')?.get(value)
  );
}
