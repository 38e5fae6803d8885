import type { Answer } from './read-answers.ts';

/** An answer, as cases look at it. */
export class Reply {
  readonly status: number;
  readonly text: string;
  readonly isComplete: boolean;
  readonly lines: Answer['lines'];

  constructor({ status, text, isComplete, lines }: Pick<Answer, 'status' | 'text' | 'isComplete' | 'lines'>) {
    this.status = status;
    this.text = text;
    this.isComplete = isComplete;
    this.lines = lines;
  }

  /** All lines of a header, joined; undefined where there is none. */
  header(name: string): string | undefined {
    const values = this.lines
      .filter(([own]) => own.toLowerCase() === name.toLowerCase())
      .map(([, value]) => value);
    return values.length === 0 ? undefined : values.join(', ');
  }

  get names(): readonly string[] {
    return this.lines.map(([name]) => name.toLowerCase());
  }

  get cookies(): readonly string[] {
    return this.lines.filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value);
  }

  /** What a browser sends back of the cookies that it got. */
  get jar(): string {
    return this.cookies.map((line) => line.split(';', 1)[0]).join('; ');
  }

  /** The nonce in the policy. */
  get policyNonce(): string | undefined {
    return /'nonce-([^']+)'/.exec(this.header('content-security-policy') ?? '')?.[1];
  }

  /** The nonce of the page's script. */
  get pageNonce(): string | undefined {
    return /<script nonce="([^"]+)"/.exec(this.text)?.[1]?.replaceAll('&#x3D;', '=').replaceAll('&#61;', '=');
  }

  // biome-ignore lint/suspicious/noExplicitAny: cases compare it with what they expect.
  get json(): any {
    return JSON.parse(this.text);
  }
}
