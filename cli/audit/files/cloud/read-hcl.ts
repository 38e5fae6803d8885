/** A block of Terraform: `resource "aws_instance" "web" { ... }`. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly line: number;
  readonly attributes: ReadonlyMap<string, { readonly text: string; readonly line: number }>;
  readonly blocks: readonly HclBlock[];
}

const maxDepth = 30;
const maxBlocks = 20_000;

/** The blocks of a file of Terraform; undefined if it is malformed. Expressions stay as they are written. */
export function readHcl(text: string): readonly HclBlock[] | undefined {
  const reader = new Reader(text);
  const body = reader.body(0);
  return body === undefined || !reader.isAtEnd() ? undefined : body.blocks;
}

interface Body {
  readonly attributes: Map<string, { readonly text: string; readonly line: number }>;
  readonly blocks: HclBlock[];
}

class Reader {
  #at = 0;
  #line = 1;
  #count = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Up to the brace that closes it, or to the end of the file. */
  body(depth: number): Body | undefined {
    const body: Body = { attributes: new Map(), blocks: [] };
    if (depth > maxDepth) return undefined;
    for (;;) {
      this.#skip(/\s/);
      if (this.isAtEnd()) return depth === 0 ? body : undefined;
      if (this.#text.charAt(this.#at) === '}') {
        if (depth === 0) return undefined;
        this.#at++;
        return body;
      }
      const name = this.#match(/^[A-Za-z_][\w-]*/);
      if (name === undefined || ++this.#count > maxBlocks) return undefined;
      const line = this.#line;
      this.#skip(/[ \t]/);
      if (this.#text.charAt(this.#at) === '=' && this.#text.charAt(this.#at + 1) !== '=') {
        this.#at++;
        body.attributes.set(name, { text: this.#expression().trim(), line });
        continue;
      }
      const labels: string[] = [];
      for (
        let label = this.#match(/^("[^"\n]*"|[A-Za-z_][\w-]*)/);
        label !== undefined;
        label = this.#match(/^("[^"\n]*"|[A-Za-z_][\w-]*)/)
      ) {
        labels.push(label.replaceAll('"', ''));
        this.#skip(/[ \t]/);
      }
      if (this.#text.charAt(this.#at) !== '{') return undefined;
      this.#at++;
      const inner = this.body(depth + 1);
      if (inner === undefined) return undefined;
      body.blocks.push({ type: name, labels, line, attributes: inner.attributes, blocks: inner.blocks });
    }
  }

  /** Skips characters of a class, and comments. */
  #skip(kind: RegExp): void {
    for (;;) {
      const char = this.#text.charAt(this.#at);
      const two = this.#text.slice(this.#at, this.#at + 2);
      if (char !== '' && kind.test(char)) {
        if (char === '\n') this.#line++;
        this.#at++;
      } else if (char === '#' || two === '//') {
        const end = this.#text.indexOf('\n', this.#at);
        this.#at = end < 0 ? this.#text.length : end;
      } else if (two === '/*') {
        const end = this.#text.indexOf('*/', this.#at);
        this.#advance(end < 0 ? this.#text.length : end + 2);
      } else return;
    }
  }

  #match(pattern: RegExp): string | undefined {
    const found = pattern.exec(this.#text.slice(this.#at, this.#at + 500))?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #advance(to: number): void {
    this.#line += this.#text.slice(this.#at, to).split('\n').length - 1;
    this.#at = to;
  }

  /** Up to the end of the line outside of brackets, strings and heredocs. */
  #expression(): string {
    const from = this.#at;
    let open = 0;
    while (!this.isAtEnd()) {
      const char = this.#text.charAt(this.#at);
      if (char === '\n' && open === 0) break;
      if (char === '}' && open === 0) break;
      if ('([{'.includes(char)) open++;
      if (')]}'.includes(char)) open--;
      if (char === '"') this.#advance(this.#stringEnd());
      else if (
        this.#text.startsWith('<<', this.#at) &&
        /^<<-?\w+/.test(this.#text.slice(this.#at, this.#at + 60))
      )
        this.#advance(this.#heredocEnd());
      else if (char === '#' || this.#text.startsWith('//', this.#at)) {
        const end = this.#text.indexOf('\n', this.#at);
        const value = this.#text.slice(from, this.#at);
        this.#at = end < 0 ? this.#text.length : end;
        if (open === 0) return value;
      } else this.#advance(this.#at + 1);
    }
    return this.#text.slice(from, this.#at);
  }

  #stringEnd(): number {
    for (let at = this.#at + 1; at < this.#text.length; at++) {
      const char = this.#text.charAt(at);
      if (char === '\\') at++;
      else if (char === '"') return at + 1;
      else if (char === '\n') return at;
    }
    return this.#text.length;
  }

  #heredocEnd(): number {
    const [, name = ''] = /^<<-?(\w+)/.exec(this.#text.slice(this.#at, this.#at + 60)) ?? [];
    const end = new RegExp(`\\n[ \\t]*${name}[ \\t]*(?=\\n|$)`).exec(this.#text.slice(this.#at));
    return end === null ? this.#text.length : this.#at + end.index + end[0].length;
  }
}
