/** What applications are sent, and what is costly to check: many names, long strings, numbers. */
export const documents: Readonly<Record<string, string>> = {
  'a log-in, 119 bytes': JSON.stringify({
    ...{ name: 'Ada Lovelace', email: 'ada@example.com', age: 36, tags: ['a', 'b'] },
    address: { street: 'Main 1', zip: '12345' },
  }),
  'an order of 20 items': orders(20),
  'an import of 500 items': orders(500),
  '100 articles, with escapes': JSON.stringify({
    posts: Array.from({ length: 100 }, (_, id) => ({
      id,
      body: 'Lorem ipsum dolor sit amet, consectetur. '.repeat(50).concat('"x"\n'),
    })),
  }),
  '20,000 numbers': JSON.stringify(Array.from({ length: 20_000 }, (_, i) => i * 1.5)),
};

function orders(length: number): string {
  return JSON.stringify({
    items: Array.from({ length }, (_, id) => ({
      ...{
        id,
        sku: `sku-${id}`,
        title: 'Wireless mouse with a rather long title',
        price: 19.99,
        quantity: 3,
      },
      ...{ tags: ['new', 'sale'], size: { width: 10, height: 20 }, active: true, note: null },
    })),
  });
}
