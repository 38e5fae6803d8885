/**
 * Functions that make a unique key: aiohttp 3.12's `AppKey`; Python's own `object()` is also used for this.
 * https://docs.aiohttp.org/en/stable/web_reference.html#aiohttp.web.AppKey
 */
export const uniqueKeys: ReadonlySet<string> = new Set(['aiohttp.web.AppKey', 'aiohttp.helpers.AppKey']);
