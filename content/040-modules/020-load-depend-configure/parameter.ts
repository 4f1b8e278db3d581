import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import type { Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';

const file = '/etc/modprobe.d/zz-dummy.conf';
const early = '/etc/modprobe.d/dummy.conf';
const one = ['modprobe -r dummy; modprobe dummy'];

export const parameter: Step = {
  id: 'parameter',
  title: 'A parameter that holds',
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => sectionScript(nonce, {
        module: '[ -e /sys/module/dummy/initstate ]',
        links: 'ip -o link show type dummy',
        named: "grep -Hs '^[34]$' /sys/class/net/dummy*/name_assign_type | cut -d / -f 5", // 3 and 4: by a user; 1: by the driver
        options: 'modprobe --show-depends dummy',
        unknown: "dmesg | sed -n \"s/.*dummy: unknown parameter '\\([^']*\\)' ignored.*/\\1/p\" | tail -n 1",
        files: 'grep -ls numdummies /etc/modprobe.d/*',
      }),
    },
    expect({ stdout }, { nonce }) {
      const seen = new Sections(nonce, stdout);
      const links = seen.lines('links').filter((line) => /^\d+: dummy\d+:/.test(line)).length;
      const given = [...seen.text('options').matchAll(/\bnumdummies=(\d+)/g)].map((match) => match[1]);
      const kept = given.at(-1) === '3';
      if (seen.get('module').code !== 0) return fail('dummy is not loaded.', 'Load it again, with three devices.');
      if (!kept && given.includes('3')) return fail(`modprobe would hand over ${given.map((value) => `numdummies=${value}`).join(' ')}.`, 'Two files give the same parameter, and the last word counts. Files are read in the order of their names, whatever folder they are in.');
      if (links !== 3) {
        if (seen.text('unknown') !== '' && !kept) return fail(`The kernel has ignored a parameter of dummy: "${seen.text('unknown')}".`, 'A misspelt parameter is one line in the log and no error. modinfo with -p lists the names that a module knows.');
        if (kept) return fail(`The configuration says three, and there ${links === 1 ? 'is 1 device' : `are ${links} devices`}.`, 'A parameter is handed over at insertion. The module was inserted before you wrote the line: take it out and load it again.');
        return fail(`There ${links === 1 ? 'is 1 device' : `are ${links} devices`} of the type dummy, not 3.`, 'For a module that is in memory already, modprobe does nothing and reports success, whatever stands behind the name. Take it out first.');
      }
      if (seen.text('named') !== '') return fail(`${seen.lines('named')[0]} was added by hand.`, 'What ip link adds goes with the module, and the next load does not bring it back. Take it out, load it, and count what the parameter makes.');
      if (!kept) {
        if (seen.lines('files').some((name) => !name.endsWith('.conf'))) return fail('The line stands in a file that modprobe passes over.', 'In that folder only names that end in .conf are read.');
        return fail('Three devices now, and none after the next load.', 'What you typed is forgotten with the module. Write the parameter where modprobe reads the options of a module.');
      }
      return pass([{ statement: 'dummy has made three devices, and modprobe will hand over numdummies=3 each time.', command: 'modprobe --show-depends dummy; ip -o link show type dummy' }]);
    },
  },
  hints: [
    'What parameters does the module know? modinfo has an option that lists them. Not all are files in /sys/module afterwards; this one shows in what it makes.',
    'Files in /etc/modprobe.d that end in .conf may hold a line of three words: options, the module, the parameter with its value.',
    'The module is in memory since before the lab, and a parameter arrives only with a new insertion. Another file gives the parameter too: modprobe -c shows all lines that hold, in their order.',
  ],
  solution: { type: ['modinfo -p dummy', `echo 'options dummy numdummies=3' > ${file}`, 'modprobe -r dummy', 'modprobe dummy', 'ip -o link show type dummy'] },
  wrong: [
    { name: 'a parameter for a module in memory', type: ['modprobe dummy numdummies=3'], hint: 'does nothing and reports success' },
    { name: 'only typed', type: ['modprobe -r dummy', 'modprobe dummy numdummies=3'], hint: 'forgotten with the module', undo: one },
    { name: 'only written', type: [`echo 'options dummy numdummies=3' > ${file}`], hint: 'inserted before you wrote the line', undo: [`rm ${file}`] },
    { name: 'devices made by hand', type: [`echo 'options dummy numdummies=3' > ${file}; for n in 0 1 2; do ip link add dummy$n type dummy; done`], hint: 'does not bring it back', undo: [`rm ${file}`, ...one] },
    { name: 'a file without the ending', type: ["echo 'options dummy numdummies=3' > /etc/modprobe.d/dummy", 'modprobe -r dummy', 'modprobe dummy numdummies=3'], hint: 'names that end in .conf are read', undo: ['rm /etc/modprobe.d/dummy', ...one] },
    { name: 'a file that comes too early', type: [`echo 'options dummy numdummies=3' > ${early}`, ...one], hint: 'the last word counts', undo: [`rm ${early}`, ...one] },
    { name: 'a misspelt parameter', type: [`echo 'options dummy numdumies=3' > ${file}`, ...one], hint: 'one line in the log and no error', undo: [`rm ${file}`, ...one] },
  ],
};
