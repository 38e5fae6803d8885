/** One line that is written over on a terminal; elsewhere a line every few seconds. */
export function progressLine(stream: NodeJS.WriteStream = process.stderr): {
  show(text: string): void;
  end(): void;
} {
  let last = 0;
  const every = stream.isTTY ? 100 : 5_000;
  return {
    show(text) {
      const now = Date.now();
      if (now - last < every) return;
      last = now;
      stream.write(stream.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
    },
    end() {
      if (stream.isTTY) stream.write('\r\x1b[K');
    },
  };
}
