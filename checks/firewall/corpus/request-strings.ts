/** What a browser or a client sends with every request, apart from what its user typed. */
const sets: readonly (readonly string[])[] = [
  [
    'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
    'gzip, deflate, br, zstd',
    'en-US,en;q=0.9',
    'keep-alive',
    'shop.example',
    '1',
    '?1',
    '"Not/A)Brand";v="8", "Chromium";v="126"',
    'document',
    'navigate',
    'same-origin',
    'none',
    'u=0, i',
    'max-age=0',
    'sid=s%3Aq9fX2.Zm9vYmFy; theme=dark; _ga=GA1.2.11.22',
  ],
  ['*/*', 'curl/8.7.1', 'localhost:3000'],
  [
    'application/json, text/plain, */*',
    'axios/1.7.2',
    'application/json',
    '57',
    'https://shop.example',
    'https://shop.example/products?sort=price&order=desc&limit=20',
    'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.x7Zq1f',
    'csrf=9b1deb4d; lang=de',
    'cors',
    'empty',
  ],
  [],
];

/** One of them, chosen by `index`, with the strings of the case before it. */
export function withHeaders(index: number, ...inputs: readonly string[]): readonly string[] {
  return [...inputs, ...(sets[index % sets.length] as readonly string[])];
}
