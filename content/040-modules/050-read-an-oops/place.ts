import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { firstOops, hex, KERNEL_LOG } from './oops.ts';

/** The line of the source for the place in the first oops: the address of the function in the object, and the offset. */
const PLACE = `place=$(dmesg | sed -n 's,.*EIP: \\([a-z_.0-9]*\\)+\\(0x[0-9a-f]*\\)/.*\\[rackmon\\].*,\\1 \\2,p' | head -n 1)
start=0x$(nm /root/rackmon/rackmon.ko | awk -v name="\${place% *}" '$3 == name { print $1 }')`;
const line = `${PLACE}
addr2line -e /root/rackmon/rackmon.ko -j .text $(printf %x $((start + \${place#* }))) | sed 's/.*://; s/ .*//'`;

const right = {
  'place-symbol': { run: "dmesg | sed -n 's,.*EIP: \\([^ ]*\\) .*rackmon.*,\\1,p' | head -n 1" },
  'place-caller': 'apply',
  'place-line': { run: line },
};

export const place: Step = {
  id: 'place',
  title: 'From an address to a line',
  fields: [
    { kind: 'line', id: 'place-symbol', label: 'Where it happened: function+offset/length' },
    { kind: 'line', id: 'place-caller', label: 'The function of the driver that called it' },
    { kind: 'line', id: 'place-line', label: 'The line of rackmon.c' },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => sectionScript(nonce, {
        log: KERNEL_LOG,
        line,
        begin: "grep -n 'void store_limit' /root/rackmon/rackmon.c | cut -d : -f 1",
        call: "grep -n 'store_limit(find' /root/rackmon/rackmon.c | cut -d : -f 1",
      }),
    },
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      const oops = firstOops(seen.lines('log'));
      if (oops === undefined) return fail('The log has no oops of rackmon.', 'The step before makes it happen.');
      const [symbol, caller, number] = ['place-symbol', 'place-caller', 'place-line'].map((id) => entered(entries, id));
      if (!symbol || !caller || !number) return fail('Place, caller and line are not all recorded.', 'The place stands behind EIP, the caller in the call trace; the line takes a tool.');
      const [, name, offset, size] = /^([\w.]+)\+(\w+)(?:\/(\w+))?$/.exec(symbol.replace(/\s*\[rackmon\]$/, '')) ?? [];
      if (name === undefined) return fail(`"${symbol}" is not a place.`, 'It has the form function+offset/length, behind EIP of the first oops.');
      if (name !== oops.symbol) return fail(`It did not happen in ${name}.`, oops.trace.includes(name) ? 'That function is in the trace: it waits for the one it called. The instruction itself stands behind EIP.' : 'Take the EIP line of the first oops that names rackmon.');
      if (hex(offset ?? '') !== hex(oops.offset)) return fail(`${symbol} is a place in the right function, but not the one.`, hex(offset ?? '') === hex(oops.size) ? 'Behind the slash stands the length of the function.' : 'That is the offset of another build. This kernel ran the file that you built here: read its log.');
      if (size !== undefined && hex(size) !== hex(oops.size)) return fail(`${size} is not the length of ${name}.`, 'Copy the place whole from the log.');
      if (caller.replace(/\(\)$|\+0x.*$/, '') !== 'apply') {
        return fail(`${caller} is not what called ${oops.symbol}.`, caller.startsWith('limit_write') ? 'It is one floor higher. The trace is read from the innermost call outwards; look also at the line with the question mark, and at the source.' : 'The caller is a function of the driver, next to the place in the trace.');
      }
      const real = Number(seen.text('line'));
      if (!/^\d+$/.test(number)) return fail(`"${number}" is not the number of a line.`, 'addr2line prints file and line, with a colon between them. Record the number.');
      if (Math.abs(Number(number) - real) > 1) {
        if (number === seen.text('call')) return fail(`Line ${number} is the call.`, 'There the mistake may be mended. The instruction that failed is inside the function: start of the function in the object, plus the offset.');
        if (number === seen.text('begin')) return fail(`Line ${number} is where the function begins.`, 'The offset is still missing: add it to the address that nm gives for the function.');
        return fail(`It was not line ${number}.`, 'addr2line wants an address in the file, not one of memory: what nm says of the function, plus the offset, in hexadecimal.');
      }
      return pass([
        { statement: `The kernel failed at ${oops.symbol}+${oops.offset}/${oops.size}, called by apply: line ${real} of rackmon.c.`, command: 'addr2line -e rackmon.ko -j .text ADDRESS' },
      ], { interpretations: [`A label that the table does not hold gives a NULL pointer, and ${oops.symbol} uses it without a look.`] });
    },
  },
  hints: [
    'In the file a function begins where nm says. The place is that address plus the offset behind the first plus sign.',
    'addr2line takes the file with -e, the section .text with -j, and the sum in hexadecimal. $(( )) of the shell adds numbers with 0x in front, printf writes %x.',
    'objdump with -d, -S and --disassemble= for the function shows source and instructions side by side.',
  ],
  solution: { type: [
    'cd /root/rackmon; nm rackmon.ko | grep store_limit',
    "offset=$(dmesg | grep -o 'store_limit+0x[0-9a-f]*' | head -n 1 | cut -d + -f 2)",
    "start=0x$(nm rackmon.ko | awk '/ store_limit$/ { print $1 }')",
    'addr2line -e rackmon.ko -j .text $(printf %x $((start + offset)))',
  ], enter: right },
  wrong: [
    { name: 'the caller as the place', enter: { ...right, 'place-symbol': 'limit_write+0x61/0x8c' }, hint: 'it waits for the one it called' },
    { name: 'a place of another build', enter: { ...right, 'place-symbol': { run: "dmesg | sed -n 's,.*EIP: \\([^ +]*\\)+.*rackmon.*,\\1+0x7f/0x90,p' | head -n 1" } }, hint: 'the offset of another build' },
    { name: 'one floor too high', enter: { ...right, 'place-caller': 'limit_write' }, hint: 'one floor higher' },
    { name: 'the call', enter: { ...right, 'place-line': { run: "grep -n 'store_limit(find' /root/rackmon/rackmon.c | cut -d : -f 1" } }, hint: 'There the mistake may be mended' },
    { name: 'the beginning of the function', enter: { ...right, 'place-line': { run: "grep -n 'void store_limit' /root/rackmon/rackmon.c | cut -d : -f 1" } }, hint: 'The offset is still missing' },
    { name: 'the place in words', enter: { ...right, 'place-line': 'rackmon.c:30' }, hint: 'with a colon between them' },
  ],
};
