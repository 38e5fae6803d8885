/** A part that is being read. */
export interface PartInput {
  write(data: Uint8Array): Promise<void> | void;
  end(): Promise<void> | void;
}
