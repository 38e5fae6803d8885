import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** Runs a command, and gives its exit code and all it printed instead of throwing. */
export async function outcome(cwd: string, command: string, args: readonly string[]): Promise<Outcome> {
  // What `npm test` tells its scripts about this repository is not true of the project.
  const env = Object.entries(process.env).filter(
    ([name]) => !/^npm_(config_local_prefix|config_workspace|package_|lifecycle_)/i.test(name),
  );
  try {
    const { stdout, stderr } = await promisify(execFile)(command, args, {
      cwd,
      env: Object.fromEntries(env),
      maxBuffer: 64 * 1024 * 1024,
    });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout = '', stderr = '', message } = error as Error & Partial<Record<string, string>>;
    return { code: Number(code) || 1, output: stdout + stderr || message };
  }
}
