import { countedCalls } from '../../../src/lab/reader-shell.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { parseStraceTable } from '../../../src/lab/strace-table.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { whole } from '../counting.ts';

const input = '/root/slowcopy/input';
const dd = (bs: string): string => `dd if=${input} of=/dev/null bs=${bs} status=none`;

/** How many reads beside those of the copy a count may hold: the loader's, and those of the shell that was asked. */
const beside = 120;

const strace = (bs: string): string => `strace -c -e trace=read ${dd(bs)}`;
const reads = (bs: string) => ({ run: `${strace(bs)} 2>&1 | awk '$NF == "read" {print $4}'` });
const right = { 'reads-1': { run: `sh -c '${dd('1')}; grep syscr /proc/$$/io' | awk '{print $2}'` }, 'reads-512': reads('512'), 'reads-16k': reads('16k') };

export const count: Step = {
  id: 'count',
  title: 'Three block sizes',
  fields: [
    { kind: 'line', id: 'reads-1', label: 'Calls of read with bs=1, from /proc' },
    { kind: 'line', id: 'reads-512', label: 'Calls of read with bs=512, from strace' },
    { kind: 'line', id: 'reads-16k', label: 'Calls of read with bs=16k, from strace' },
  ],
  check: {
    probe: {
      kind: 'guest',
      timeout: 40_000,
      script: ({ nonce }) => sectionScript(nonce, {
        size: `stat -c %s ${input}`,
        512: countedCalls(`-e trace=read ${dd('512')}`),
        16: countedCalls(`-e trace=read ${dd('16k')}`),
      }),
    },
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      const size = Number(seen.text('size'));
      const [fresh512, fresh16] = ['512', '16'].map((name) => parseStraceTable(seen.text(name))?.calls.get('read') ?? 0);
      const [one, block, big] = ['reads-1', 'reads-512', 'reads-16k'].map((id) => whole(entered(entries, id)));
      if (size === 0 || !fresh512 || !fresh16) return fail('The check cannot copy the input.', `Is ${input} still there? If not, restart the lab.`);
      if (block === undefined || big === undefined) return fail('The counts for 512 bytes and for 16 KiB are not recorded yet.', 'Let strace count the calls of read alone. dd reads the file and throws the bytes away when its output is /dev/null.');
      const records = Math.floor(size / 512);
      if ([records, records + 1].includes(block)) return fail(`${block} is the number of blocks, not of calls.`, 'dd counts blocks with data. The kernel also counts the call that answered 0, which is how dd learned that the file has ended, and the one of the loader.');
      if (block !== fresh512) return fail(`With 512 bytes the check counts ${fresh512} calls of read, not ${block}.`, 'Take the number from the column of calls, in the row of read, and check the block size on your command line.');
      if (big !== fresh16) return fail(`With 16 KiB the check counts ${fresh16} calls of read, not ${big}.`, 'For dd, 16k are 16384 bytes and 16kB are 16000. Which did you give?');
      if (one === undefined) return fail('The count for single bytes is not recorded yet.', 'Do not trace this one. The kernel keeps a counter for each process, and a shell is charged with the calls of the children it has waited for.');
      if (one < size) {
        return fail(`${one} calls of one byte each cannot read ${size} bytes.`, one < 200
          ? 'That is the counter of a process that did not copy. Let one shell do both: run dd, then read the counter of the shell, with $$ for its pid.'
          : 'Was this the input of the lab, and all of it?');
      }
      if (one > size + beside) return fail(`${one} calls of read are more than the copy needs.`, 'Your shell carries the reads of all the children it ever waited for. Ask a fresh shell that does one copy and no more.');
      return pass([
        { statement: `dd reads ${size} bytes with ${one} calls of read at one byte each (the shell’s own included).`, command: `sh -c '${dd('1')}; grep syscr /proc/$$/io'` },
        { statement: `With 512 bytes it needs ${block} calls, with 16 KiB ${big}.`, command: strace('512') },
      ]);
    },
  },
  hints: [
    'dd makes one read and one write for each block. Its operands are if=, of= and bs=; status=none keeps it quiet.',
    'strace takes a filter for one call beside the option that counts. Then the table has one row.',
    'The counter is syscr in /proc/PID/io. dd is gone when you could look, but the shell that waited for it inherits the number: run the copy and a grep for syscr in one sh -c, with $$ as the pid.',
  ],
  solution: { type: [`sh -c '${dd('1')}; grep syscr /proc/$$/io'`, strace('512'), strace('16k')], enter: right },
  wrong: [
    { name: 'the blocks that dd reports', enter: { ...right, 'reads-512': { run: `echo $(( $(stat -c %s ${input}) / 512 ))` } }, hint: 'which is how dd learned' },
    { name: 'another block size', enter: { ...right, 'reads-512': reads('1k') }, hint: 'in the row of read' },
    { name: 'a size that looks the same', enter: { ...right, 'reads-16k': reads('8k') }, hint: '16kB are 16000' },
    { name: 'the counter of another process', enter: { ...right, 'reads-1': { run: "awk '/syscr/ {print $2}' /proc/self/io" } }, hint: 'Let one shell do both' },
    { name: 'a shell that has copied twice', enter: { ...right, 'reads-1': { run: `sh -c '${dd('1')}; ${dd('1')}; grep syscr /proc/$$/io' | awk '{print $2}'` } }, hint: 'Ask a fresh shell' },
  ],
};
