/** What is known about a file as text. */
export interface TextFacts {
  /** The first characters, without a byte order mark and leading white space. */
  readonly beginning: string;
}

export interface TextCheck {
  write(chunk: Uint8Array): void;
  /** Undefined if the file is not text. */
  end(): TextFacts | undefined;
}

/** Enough to see how a file starts. */
const kept = 1_024;

/** Bytes that never occur in text, by the MIME Sniffing standard (7.1, binary data byte), and DEL. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const binary = /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]/;

/** Reads a file as it arrives, and says whether all of it is UTF-8 text. */
export function textCheck(): TextCheck {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let beginning = '';
  let isText = true;
  const add = (chunk?: Uint8Array): void => {
    if (!isText) return;
    try {
      const text = decoder.decode(chunk, { stream: chunk !== undefined });
      isText = !binary.test(text);
      if (beginning.length < kept) {
        const more = beginning === '' ? text.trimStart() : text;
        beginning = (beginning + more.slice(0, kept)).slice(0, kept);
      }
    } catch {
      isText = false;
    }
  };
  return {
    write: add,
    end() {
      add();
      return isText ? { beginning } : undefined;
    },
  };
}
