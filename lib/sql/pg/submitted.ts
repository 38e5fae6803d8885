import { blankRow } from './blank-row.ts';
import type { PgClient, PgConnection, PgField, PgResult } from './pg-client.ts';

/** What the protocol takes as it is. */
export type Parameter = string | Buffer | null;

type Done = (error: unknown, result?: PgResult) => void;
type Parser = (text: string) => unknown;

/**
 * One statement in the extended protocol, as an object that submits itself: pg's own way for cursors and streams to be
 * sent (`pg-cursor` is one). It asks for all rows, as text, and the client's parsers make values of them.
 *
 * Its fields are all its own and none is private, as tracers send an object that inherits from it.
 */
export class Submitted {
  readonly text: string;
  readonly name: string | undefined;
  readonly values: readonly Parameter[];
  /** Where pg's `query_timeout` and tracers come in between. */
  callback: Done;
  private readonly client: PgClient;
  private fields: readonly PgField[] = [];
  private parsers: readonly Parser[] = [];
  private blank: object = {};
  private rows: unknown[] = [];
  private tag = '';
  private failure: unknown = undefined;

  static {
    // pg asks for more than this. Where `Object.prototype` was polluted (CWE-1321), it finds nothing all the same.
    Object.setPrototypeOf(Submitted.prototype, null);
    Reflect.deleteProperty(Submitted.prototype, 'constructor');
  }

  constructor(
    client: PgClient,
    text: string,
    values: readonly Parameter[],
    name: string | undefined,
    callback: Done,
  ) {
    this.client = client;
    this.text = text;
    this.values = values;
    this.name = name;
    this.callback = callback;
  }

  submit(connection: PgConnection): Error | null {
    const { name, text } = this;
    const { stream, parsedStatements, submittedNamedStatements } = connection;
    const known =
      name === undefined ? undefined : (parsedStatements[name] ?? submittedNamedStatements?.[name]);
    if (known !== undefined && known !== text) return new Error('Another text is prepared under this name.');
    // One packet instead of five. What pg may ask of a message is all its own: a polluted `valueMapper` changes values.
    stream.cork?.();
    try {
      if (known === undefined) {
        connection.parse({ text, name, types: undefined });
        if (name !== undefined && submittedNamedStatements) submittedNamedStatements[name] = text;
      }
      const { values } = this;
      connection.bind({ portal: '', statement: name, values, binary: false, valueMapper: undefined });
      connection.describe({ type: 'P', name: '' });
      connection.execute({ portal: '', rows: undefined });
    } catch (error) {
      // What is too large for a message was not written.
      this.failure = error;
    } finally {
      connection.sync();
      stream.uncork?.();
    }
    return null;
  }

  handleRowDescription({ fields }: { readonly fields: readonly PgField[] }): void {
    this.fields = fields;
    this.parsers = fields.map(({ dataTypeID }) => this.client.getTypeParser?.(dataTypeID, 'text') as Parser);
    this.blank = blankRow(this.name, fields);
  }

  handleDataRow({ fields: values }: { readonly fields: readonly (string | null)[] }): void {
    if (this.failure !== undefined) return;
    const { fields, parsers } = this;
    const row: Record<string, unknown> = { ...this.blank };
    try {
      for (let i = 0; i < values.length; i++) {
        const value = values[i] as string | null;
        if (value !== null) row[(fields[i] as PgField).name] = (parsers[i] as Parser)(value);
      }
    } catch (error) {
      // A parser of the application's. Thrown from here it would end the process.
      this.failure = error ?? new TypeError('A parser of a type failed.');
      return;
    }
    this.rows.push(row);
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.tag = text;
  }

  handleReadyForQuery(): void {
    this.settle(this.failure);
  }

  handleError(error: unknown): void {
    this.settle(this.failure ?? error);
  }

  handleEmptyQuery(): void {}

  /** No limit of rows was asked for. */
  handlePortalSuspended(): void {}

  handleCopyInResponse(connection: PgConnection): void {
    connection.sendCopyFail('Statements bring no data for a copy.');
    // The server has dropped the first one: while it waits for data it reads nothing else (PostgreSQL, 55.2.6).
    connection.sync();
  }

  handleCopyData(): void {}

  private settle(error: unknown): void {
    if (error !== undefined) {
      this.callback(error);
      return;
    }
    // `SELECT 2`, `INSERT 0 1`, `CREATE TABLE`: the word, and the count at the end where there is one.
    const { tag, rows } = this;
    const count = Number.parseInt(tag.slice(tag.lastIndexOf(' ') + 1), 10);
    this.callback(null, {
      rows,
      rowCount: Number.isNaN(count) ? null : count,
      command: tag.split(' ', 1)[0] ?? '',
    });
  }
}
