/**
 * Names of functions and classes, each after its module. Each call makes a new key, which is equal only to itself:
 * `AppKey` of aiohttp 3.12. Python's own `object()`, which is also used as such a key, is handled elsewhere.
 * https://docs.aiohttp.org/en/stable/web_reference.html#aiohttp.web.AppKey
 */
export const uniqueKeys: ReadonlySet<string> = new Set(['aiohttp.web.AppKey', 'aiohttp.helpers.AppKey']);
