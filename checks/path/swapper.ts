import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findProgram } from '../machine/program.ts';

/** Of renameat2(2), which neither Node nor Perl has a function for. */
const calls: Readonly<Partial<Record<string, number>>> = { x64: 316, arm64: 276 };

/** Why no second process can swap names here, or undefined if one can. */
export function noSwapper(): string | undefined {
  if (process.platform !== 'linux' || calls[process.arch] === undefined)
    return 'only Linux on x64 and arm64 swaps names';
  return findProgram('perl') === undefined ? 'perl is not installed' : undefined;
}

/** Stops by itself after five minutes, or when this process has gone. */
const script = `
  my ($how, $one, $other, $call) = @ARGV;
  my $swaps = 0;
  $SIG{ALRM} = $SIG{TERM} = sub { print "$swaps\\n"; exit };
  alarm 300;
  my $parent = getppid;
  $| = 1;
  print "ready\\n";
  for (my $round = 1; ; $round++) {
    exit if $round % 10000 == 0 && getppid != $parent;
    if ($how eq 'exchange') { $swaps++ if syscall($call, -100, $one, -100, $other, 2) == 0; next }
    $swaps++ if rename $one, $other;
    rename $other, $one;
  }
`;

/**
 * A process of its own that does nothing but swap two names: `exchange` gives each what the other one has, in one call, and `move` renames the first
 * to the second and back.
 */
export async function startSwapper(
  how: 'exchange' | 'move',
  one: string,
  other: string,
): Promise<{ stop(): Promise<number> }> {
  const child = spawn(
    findProgram('perl') ?? 'perl',
    ['-e', script, how, one, other, String(calls[process.arch])],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  child.stdout.setEncoding('utf8');
  await once(child.stdout, 'data');
  return {
    async stop() {
      const swaps = once(child.stdout, 'data');
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const [text] = (await swaps) as [string];
      await ended;
      return Number(text);
    },
  };
}
