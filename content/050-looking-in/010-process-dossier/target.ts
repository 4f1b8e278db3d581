import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import type { ProbeOutput, Scene } from '../../../src/lab/check.ts';
import { fail, type Verdict } from '../../../src/lab/verdict.ts';

/** The process of the dossier as the baseline found it, and its namesake. Source: proc_pid_stat(5), field 22. */
export interface Target {
  readonly pid: string;
  readonly start: string;
  readonly other: string;
}

/** A shell piece: the start time of a process, counted from behind its name, which may hold blanks. */
export const startOf = (pid: string): string => `sed 's/.*) //' /proc/${pid}/stat | cut -d ' ' -f 20`;

/** Both processes, a line each: whether the program file is still the one that runs, pid, start time. */
export const BASELINE = `for pid in $(pgrep -f '^/opt/ledger/bin/ledgerd'); do
  case $(readlink /proc/$pid/exe) in *deleted*) kind=old ;; *) kind=new ;; esac
  echo "$kind $pid $(${startOf('$pid')})"
done`;

/** What a `run` entry uses: sets `p` to the process of the dossier. */
export const FIND = `for p in $(pgrep -f '^/opt/ledger/bin/ledgerd'); do case $(readlink /proc/$p/exe) in *deleted*) break ;; esac; done`;

export function target({ baseline }: Pick<Scene, 'baseline'>): Target {
  const lines = baseline.split('\n').map((line) => line.split(' '));
  const [, pid = '0', start = ''] = lines.find(([kind]) => kind === 'old') ?? [];
  return { pid, start, other: lines.find(([kind]) => kind === 'new')?.[1] ?? '0' };
}

/** A probe over the process of the dossier: `$p` is its pid, `$o` that of its namesake. */
export const look = (pieces: Readonly<Record<string, string>>) => (scene: Scene): string => {
  const { pid, other } = target(scene);
  return `p=${pid}; o=${other}\n${sectionScript(scene.nonce, { alive: startOf('$p'), ...pieces })}`;
};

/** The sections of such a probe, or the verdict when the process is not there any more. */
export function seen({ stdout }: ProbeOutput, scene: Scene): { readonly sections: Sections } | { readonly verdict: Verdict } {
  const sections = new Sections(scene.nonce, stdout);
  return sections.text('alive') === target(scene).start ? { sections }
    : { verdict: fail('The process of the dossier has ended.', 'A dossier is about a living process, and this one will not come back. Restart the lab.') };
}
