import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { whole } from '../counting.ts';

const row = "awk '$1 == \"0:\" {print $2}' /proc/interrupts";
const rate = (seconds: number): string => `a=$(${row}); sleep ${seconds}; b=$(${row}); echo $(( (b - a) / ${seconds} ))`;
const right = { 'irq': '0', 'rate': { run: rate(4) }, 'hz': { run: "zgrep '^CONFIG_HZ=' /proc/config.gz | cut -d = -f 2" } };

export const ticks: Step = {
  id: 'ticks',
  title: 'Who knocks',
  fields: [
    { kind: 'line', id: 'irq', label: 'Number of the interrupt that comes all the time (first column)' },
    { kind: 'line', id: 'rate', label: 'How often it comes, in one second' },
    { kind: 'line', id: 'hz', label: 'CONFIG_HZ of this kernel' },
  ],
  check: {
    probe: {
      kind: 'guest',
      timeout: 40_000,
      script: ({ nonce }) => sectionScript(nonce, {
        worker: `pgrep -x worker-${nonce}`,
        timer: "awk '/ timer$/ {print $1 + 0}' /proc/interrupts",
        total: row,
        rate: rate(3),
        hz: "zgrep '^CONFIG_HZ=' /proc/config.gz | cut -d = -f 2",
      }),
    },
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      const [irq, mine, hz] = ['irq', 'rate', 'hz'].map((id) => entered(entries, id).replace(/:$/, ''));
      const fresh = Number(seen.text('rate'));
      if (seen.text('worker') === '') return fail('The worker of this lab does not run any more.', 'Without it the processor sleeps, and so does its timer. Restart the lab.');
      if (!irq) return fail('The interrupt is not recorded yet.', 'Read /proc/interrupts twice, some seconds apart, and compare row by row.');
      if (!/^\d+$/.test(irq)) return fail(`"${irq}" is not the number of an interrupt.`, 'The number stands in the first column, before the colon; the words at the end of the row say who asks.');
      if (irq !== seen.text('timer')) return fail(`Interrupt ${irq} does not come all the time.`, 'It comes when a device has something to say. While the worker runs, one row grows all the time; its last word names it.');
      const ticks = whole(mine ?? '');
      if (ticks === undefined) return fail('The rate is not recorded yet.', 'Two readings, ten seconds apart: divide their difference by ten, and give a whole number.');
      if (ticks > Number(seen.text('total')) / 4) return fail(`${ticks} is no rate: it is as large as the whole counter.`, 'The counter began at the boot. What counts here is how fast it grows.');
      if (!(Math.abs(ticks - fresh) <= 0.4 * fresh)) {
        return fail(`The check sees ${fresh} of them in a second, not ${ticks}.`, ticks > 3 * fresh
          ? 'Was it the difference over ten seconds that you recorded? Divide it.'
          : 'Did the worker run all the time while you counted, and how long was it between the two readings?');
      }
      if (hz !== seen.text('hz')) return fail('CONFIG_HZ is missing, or not that of the running kernel.', 'The configuration of this kernel can be read from /proc/config.gz, which zgrep opens.');
      return pass([{ statement: `While a process only computes, interrupt ${irq} (timer) enters the kernel about ${hz} times a second, as often as CONFIG_HZ says.`, command: 'cat /proc/interrupts' }]);
    },
  },
  hints: [
    'The first column of /proc/interrupts is the number, the last the name. With one processor there is one column of counts between them.',
    'Take two readings of one row with a sleep of ten seconds between them, on one command line, so that your typing does not count.',
  ],
  solution: { type: ['cat /proc/interrupts', "grep timer /proc/interrupts; sleep 10; grep timer /proc/interrupts", "zgrep '^CONFIG_HZ=' /proc/config.gz"], enter: right },
  wrong: [
    { name: 'the disk', enter: { ...right, irq: '14' }, hint: 'has something to say' },
    { name: 'the counter itself', enter: { ...right, rate: { run: row } }, hint: 'how fast it grows' },
    { name: 'not divided', enter: { ...right, rate: { run: `a=$(${row}); sleep 4; b=$(${row}); echo $(( b - a ))` } }, hint: 'Divide it' },
    { name: 'a rate from a textbook', enter: { ...right, rate: '18' }, hint: 'run all the time' },
    { name: 'another kernel’s HZ', enter: { ...right, hz: '250' }, hint: 'which zgrep opens' },
  ],
};
