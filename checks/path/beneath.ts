import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from '../machine/program.ts';

/** openat2(2), with a number of its own on every architecture alike. */
const openat2 = 437;

/** Reads paths from its arguments below a root, as RESOLVE_BENEATH of Linux 5.6 allows, and writes what it finds, a line each. */
const script = `
  use Fcntl; use Errno;
  my $root = shift;
  sysopen(my $dir, $root, O_RDONLY | O_DIRECTORY) or die $!;
  for my $path (@ARGV) {
    my $how = pack('QQQ', O_RDONLY | O_NONBLOCK, 0, 0x08);
    my $name = "$path";
    my $fd = syscall(${openat2}, fileno($dir), $name, $how, 24);
    if ($fd < 0) { my ($code) = grep { $!{$_} } qw(EXDEV ELOOP ENOENT ENOTDIR EINVAL ENOSYS EPERM); print defined $code ? $code : int($!), "\\n"; next }
    open(my $file, '<&=', $fd) or die $!;
    if (-d $file) { print "EISDIR\\n" } else { my $text = <$file>; print "$text\\n" }
    close $file;
  }
`;

/** What the kernel's own walk says: the content of the file, or a code such as `EXDEV` for one that leads out. */
export async function readBeneath(root: string, paths: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)(findProgram('perl') ?? 'perl', ['-e', script, root, ...paths]);
  return stdout.trimEnd().split('\n');
}

/** Why there is no openat2 here, or undefined where there is: Linux before 5.6 and some sandboxes have none. */
export function noBeneath(): string | undefined {
  const perl = findProgram('perl');
  if (perl === undefined) return 'perl is not installed';
  const { stdout } = spawnSync(perl, ['-e', script, '/', '.'], { encoding: 'utf8' });
  return stdout?.trim() === 'EISDIR' ? undefined : 'the kernel has no openat2';
}
