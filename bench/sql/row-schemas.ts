import { z } from 'zod';
import { z as z4 } from 'zod/v4';
import type { Listing, Product, Review } from './shop.ts';

/** One shape for each kind of row. */
interface Zod3Rows {
  readonly product: z.ZodType<Product>;
  readonly listing: z.ZodType<Listing>;
  readonly review: z.ZodType<Review>;
}

interface Zod4Rows {
  readonly product: z4.ZodType<Product>;
  readonly listing: z4.ZodType<Listing>;
  readonly review: z4.ZodType<Review>;
}

export const zod3Rows: Zod3Rows = {
  product: z.object({ id: z.number(), name: z.string(), price: z.number() }),
  listing: z.object({ id: z.number(), name: z.string(), maker: z.string() }),
  review: z.object({ product_id: z.number(), stars: z.number(), body: z.string() }),
};

export const zod4Rows: Zod4Rows = {
  product: z4.object({ id: z4.number(), name: z4.string(), price: z4.number() }),
  listing: z4.object({ id: z4.number(), name: z4.string(), maker: z4.string() }),
  review: z4.object({ product_id: z4.number(), stars: z4.number(), body: z4.string() }),
};
