/** One line of JSON: the last one that a script writes. */
export interface Answer {
  readonly answer?: unknown;
  readonly error?: { readonly name: string; readonly message: string; readonly code?: string };
}

/** The child's end of `runNodeChild`: reads the input, passes it to the script's function, and answers with what that returns or throws. */
export async function answerParent(handle: (input: unknown) => unknown): Promise<void> {
  const answer = await answerOf(handle);
  // Whatever a library left running (threads, timers) ends with the process.
  process.stdout.write(`\n${JSON.stringify(answer)}`, () => process.exit(0));
}

async function answerOf(handle: (input: unknown) => unknown): Promise<Answer> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return { answer: (await handle(JSON.parse(Buffer.concat(chunks).toString()))) ?? null };
  } catch (error) {
    const { name, message, code } = error as { name?: unknown; message?: unknown; code?: unknown };
    return {
      error: {
        name: String(name ?? 'Error'),
        message: String(message ?? error).slice(0, 2_000),
        ...(typeof code === 'string' && { code }),
      },
    };
  }
}
