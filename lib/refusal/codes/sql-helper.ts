/** What the helpers of the `sql` tag refuse: lists, rows, columns, cursors, JSON paths. */
export interface SqlHelperDetail {}

export const sqlHelperCodes = {} as const;
