import { z } from 'zod';
import { z as z4 } from 'zod/v4';

/** One shape for each operation's rows. */
export interface RowSchemas<Schema> {
  readonly product: Schema;
  readonly listing: Schema;
  readonly review: Schema;
}

export const zod3Rows = {
  product: z.object({ id: z.number(), name: z.string(), price: z.number() }),
  listing: z.object({ id: z.number(), name: z.string(), maker: z.string() }),
  review: z.object({ product_id: z.number(), stars: z.number(), body: z.string() }),
};

export const zod4Rows = {
  product: z4.object({ id: z4.number(), name: z4.string(), price: z4.number() }),
  listing: z4.object({ id: z4.number(), name: z4.string(), maker: z4.string() }),
  review: z4.object({ product_id: z4.number(), stars: z4.number(), body: z4.string() }),
};
