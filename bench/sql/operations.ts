import { type Listing, type Product, products, type Review } from './shop.ts';

/** What every contender can do, in the way its own documentation shows. */
export interface Operations {
  byId(id: number): Promise<Product>;
  /** Of both tables, where the name holds a text in any case; at most 20. */
  search(text: string, maxPrice: number): Promise<readonly Listing[]>;
  /** In the order of their ids. */
  inList(ids: readonly number[]): Promise<readonly Product[]>;
  insert(review: Review): Promise<Review>;
}

export const operationNames = ['byId', 'search', 'inList', 'insert'] as const;
export type OperationName = (typeof operationNames)[number];

/** Calls with inputs that change from one to the next, and are the same for every contender. */
export function callerOf(operations: Operations, name: OperationName): (index: number) => Promise<unknown> {
  switch (name) {
    case 'byId':
      return (i) => operations.byId(1 + (i % products));
    case 'search':
      return (i) => operations.search((i % 16).toString(16), 150 + (i % 40));
    case 'inList':
      return (i) => operations.inList(Array.from({ length: 10 }, (_, k) => 1 + ((i + k * 37) % products)));
    case 'insert':
      return (i) =>
        operations.insert({ product_id: 1 + (i % products), stars: 1 + (i % 5), body: `It's no. ${i}` });
  }
}
