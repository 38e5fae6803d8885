/** `-e py312,lint` and `-e=lint` */
export function optionValues(args: readonly string[], options: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => {
    if (options.includes(arg)) return (args[index + 1] ?? '').split(',');
    const inline = options.find((option) => option.startsWith('--') && arg.startsWith(`${option}=`));
    return inline === undefined ? [] : arg.slice(inline.length + 1).split(',');
  });
}
