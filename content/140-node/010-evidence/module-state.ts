/** What a node can say about a module or feature. Source: modinfo(8), /sys/module, modules.builtin. */
export const states = ['loaded', 'available', 'built in', 'absent'] as const;
export type ModuleState = (typeof states)[number];

/** A feature that never was a module is found in the configuration of the running kernel. */
const options: Readonly<Record<string, string>> = { seccomp: 'CONFIG_SECCOMP' };

/** A shell piece that prints `name<tab>state` for each name. It asks kmod and sysfs; it loads nothing. */
export const stateScript = (names: readonly string[]): string => names.map((name) => {
  const option = options[name];
  const builtIn = option === undefined ? 'false' : `zgrep -q '^${option}=y' /proc/config.gz`;
  return `if [ -e /sys/module/${name}/initstate ]; then state=loaded
elif ${builtIn}; then state='built in'
else case $(modinfo -n ${name}) in '(builtin)') state='built in' ;; /*) state=available ;; *) state=absent ;; esac
fi; printf '%s\\t%s\\n' ${name} "$state"`;
}).join('\n');

export const parseStates = (lines: readonly string[]): ReadonlyMap<string, string> =>
  new Map(lines.map((line): [string, string] => {
    const [name = '', state = ''] = line.split('\t');
    return [name, state];
  }));

/** The command that shows a state, as the report gives it. */
export function stateCommand(name: string, state: string): string {
  if (state === 'loaded') return `lsmod | grep '^${name} '`;
  const option = options[name];
  return state === 'built in' && option !== undefined ? `zgrep ${option}= /proc/config.gz` : `modinfo -n ${name}`;
}
