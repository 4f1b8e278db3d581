import type { ProbeOutput } from './check.ts';
import { values } from './key-values.ts';
import type { Step } from './step.ts';
import { unaided } from './unaided.ts';
import { fail, type Verdict } from './verdict.ts';

/**
 * Why the boot under way is not the one that proves a repair: the machine has to have come up by itself, after the damaged boot.
 * Undefined when it is. `before` is the boot id of the baseline.
 */
export function notUnaided({ boots, up, stdout }: ProbeOutput, before: string): Verdict | undefined {
  const last = boots.at(-1) ?? '';
  if (!up) return fail('The machine has not come up.', 'This step is judged in a system that has booted. The console shows how far this boot got.');
  if (values(stdout).get('boot') === before) return fail('The machine has not been booted again since it was damaged.', 'A repair of the boot path is a claim about the next boot: restart the machine and keep your hands off the keyboard.');
  if (!unaided(last)) {
    return fail('This boot had help.', 'Somebody typed at GRUB, in the initramfs or at the maintenance prompt of this boot, or it is not at its login yet. What counts is a boot that needs nobody: restart once more.');
  }
  return undefined;
}

interface Again {
  readonly title?: string;
  /** Lines of a probe, for `judge`; they begin with BOOT_ID. */
  readonly script: string;
  /** What else has to be true of a boot that came up by itself. `seen` is what the script printed, by key. */
  judge(seen: ReadonlyMap<string, string>, output: ProbeOutput, baseline: string): Verdict;
  readonly hints: readonly [string, string];
  /** Typed after the restart. */
  readonly then?: readonly string[];
  /** Who checks at once, without a restart: what that is called, and a part of the answer. */
  readonly early: readonly [name: string, hint: string];
}

/** The step that ends the repair of a boot: a restart in which nobody helps. */
export const again = ({ title = 'A boot that needs nobody', script, judge, hints, then = [], early }: Again): Step => ({
  id: 'again',
  title,
  check: {
    probe: { kind: 'boots', script, timeout: 60_000 },
    expect: (output, { baseline }) => notUnaided(output, values(baseline).get('boot') ?? '') ?? judge(values(output.stdout), output, baseline),
  },
  hints,
  solution: { type: [{ line: 'reboot', boots: true, until: 'shell' }, ...then] },
  wrong: [
    { name: early[0], type: ['true'], hint: early[1] },
    { name: 'restarted and stopped at the menu', type: [{ line: 'reboot', boots: true, until: 'menu' }, { press: ['Down'], until: 'menu' }], hint: 'The console shows how far' },
  ],
});
