/** What a page of a shop lists. */
export interface Product {
  readonly id: number;
  readonly kind: string;
  readonly name: string;
  readonly price: number;
  readonly text: string;
}

const words =
  "Rope & line, 12 mm; the skipper's own choice. Made of <polyester> for long days at sea, in all weathers".split(
    ' ',
  );

/** As texts are: most need no escape, some do. */
export const products: readonly Product[] = Array.from({ length: 50 }, (_, i) => ({
  id: 1000 + i,
  kind: ['rope', 'anchor', 'sail'][i % 3] as string,
  name: `${words[(i * 7) % words.length]} ${words[(i * 3) % words.length]} ${i}`,
  price: 10 + i / 4,
  text: Array.from({ length: 20 }, (__, j) => words[(i + j * (1 + (i % 5))) % words.length]).join(' '),
}));
