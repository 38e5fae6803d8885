/**
 * What makes a key that is equal to no other one. aiohttp 3.12's `AppKey`; Python's own `object()` is used so as well.
 * https://docs.aiohttp.org/en/stable/web_reference.html#aiohttp.web.AppKey
 */
export const uniqueKeys: ReadonlySet<string> = new Set(['aiohttp.web.AppKey', 'aiohttp.helpers.AppKey']);
