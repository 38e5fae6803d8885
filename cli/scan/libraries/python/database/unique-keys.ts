/**
 * Names of the functions and classes that make unique keys, each name after its module. A unique key is equal only to
 * itself, such as an `AppKey` of aiohttp 3.12. Python's `object()` makes unique keys too, but is handled elsewhere.
 * https://docs.aiohttp.org/en/stable/web_reference.html#aiohttp.web.AppKey
 */
export const uniqueKeys: ReadonlySet<string> = new Set(['aiohttp.web.AppKey', 'aiohttp.helpers.AppKey']);
