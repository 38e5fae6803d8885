/**
 * Told of each statement before it is sent; with an error, the statement fails by it and is not sent.
 *
 * @param text as the application wrote it
 * @param sent as the server reads it, where the driver writes the values into the text
 */
export type Gate = (text: string, sent?: string) => Error | undefined;

/** Told of the values that go beside a statement; of some more than once. */
export type Bound = (values: unknown) => void;
