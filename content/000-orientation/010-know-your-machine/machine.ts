import type { Scene } from '../../../src/lab/check.ts';
import { cmdlineTokens } from '../../../src/lab/cmdline.ts';
import { listed } from '../../../src/lab/prose.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import type { Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';

const file = '/root/answers/machine.json';
const keys = ['release', 'arch', 'cpus', 'memory_mib', 'init', 'root_fs', 'cgroup_fs', 'unexplained'] as const;
type Key = (typeof keys)[number];
type Answers = Readonly<Record<Key, string>>;

/** The file as strings by key, or why it is none. */
function parse(text: string): Answers | Verdict {
  if (text === '') return fail(`There is no ${file}, or it is empty.`, 'Write the eight values into that file, as one JSON object.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail(`${file} is not valid JSON: ${error instanceof Error ? error.message : String(error)}.`, 'Strings and keys stand in double quotes, a comma between two pairs, none behind the last one. `jq . FILE` names the line.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail(`${file} holds no object.`, 'One pair of braces, with eight keys and their values in it.');
  const object = value as Record<string, unknown>;
  const foreign = Object.keys(object).filter((key) => !keys.some((known) => known === key));
  if (foreign.length > 0) return fail(`"${foreign[0]}" is none of the keys of this file.`, `The keys are ${listed(keys)}: is it one of them, spelt otherwise?`);
  const missing = keys.filter((key) => !['string', 'number'].includes(typeof object[key]) || String(object[key]).trim() === '');
  if (missing.length > 0) return fail(`No value yet for ${listed(missing)}.`, 'Each key needs a string or a number that the machine has printed.');
  return Object.fromEntries(keys.map((key) => [key, String(object[key]).trim()])) as Answers;
}

const isVerdict = (value: Answers | Verdict): value is Verdict => 'kind' in value;

function verdict(answers: Answers, seen: Sections): Verdict {
  const { release, arch, cpus, init } = answers;
  if (release !== seen.text('release')) {
    return seen.text('distribution').includes(release)
      ? fail(`release: "${release}" is not what this kernel calls itself.`, 'That is the number of the distribution, which is the user space. Ask the kernel for its own.')
      : fail(`release: no kernel called "${release}" runs here.`, 'Record all of what the running kernel prints as its release, and nothing else.');
  }
  if (arch !== seen.text('arch')) return fail(`arch: the machine does not call itself "${arch}".`, 'One letter of `uname` prints the machine’s name. A 32-bit machine has another one than your laptop.');
  if (cpus !== seen.text('cpus')) return fail(`cpus: there are not ${cpus} processors.`, 'Ask for the number of processors that a program can use here.');
  const [memory, total] = [Number(answers.memory_mib), Number(seen.text('memory')) / 1024];
  if (!(memory > 0)) return fail(`memory_mib: "${answers.memory_mib}" is not a number of MiB.`, 'Write the number alone, without its unit.');
  if (Math.abs(memory - total) > 0.05 * total) {
    return fail(`memory_mib: the kernel does not manage ${memory} MiB.`, memory > total ? 'What the machine was given is more than what the kernel has left to manage. Record the total that the kernel reports, in MiB.' : 'Record the total, in MiB: neither what is free nor a number of another unit.');
  }
  if (init !== 'systemd' && init !== seen.text('init')) return fail(`init: process 1 is not "${init}".`, '`/sbin/init` is only a name. Follow the link that says which program process 1 executes.');
  if (!seen.lines('root').includes(answers.root_fs)) return fail(`root_fs: the root file system is not "${answers.root_fs}".`, 'Ask for the type of the file system that `/` is on, not for its device.');
  if (answers.cgroup_fs !== seen.text('cgroup')) return fail(`cgroup_fs: "${answers.cgroup_fs}" is not mounted at /sys/fs/cgroup.`, 'Ask the same question as for the root, for another directory.');
  if (!cmdlineTokens(seen.text('cmdline')).includes(answers.unexplained)) return fail(`unexplained: "${answers.unexplained}" is not on this kernel’s command line.`, 'Copy one whole word of `/proc/cmdline`, with all that is joined to it.');
  return pass([
    { statement: `Kernel ${release} on ${arch}, ${cpus} processor, ${Math.floor(total)} MiB managed.`, command: 'uname -rm; nproc; free -m' },
    { statement: `Process 1 is ${seen.text('init')}.`, command: 'readlink /proc/1/exe' },
    { statement: `The root is on ${answers.root_fs}, the cgroups are ${answers.cgroup_fs}.`, command: 'stat -fc %T / /sys/fs/cgroup' },
  ], { open: [`Boot parameter ${answers.unexplained}: needs investigation`] });
}

const first = `printf '{ "release": "%s", "arch": "%s", "cpus": %s, "memory_mib": %s,\\n' $(uname -rm) $(nproc) $(free -m | awk '/Mem/ {print $2}') >${file}`;
const second = `printf '"init": "%s", "root_fs": "%s", "cgroup_fs": "%s", "unexplained": "%s" }\\n' $(readlink /proc/1/exe) $(stat -fc %T / /sys/fs/cgroup) tsc=reliable >>${file}`;
const clean = [`rm ${file}`];

export const machine: Step = {
  id: 'machine',
  title: 'Eight values of this machine',
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }: Scene) => sectionScript(nonce, {
        file: `head -c 8192 ${file}`,
        release: 'uname -r',
        arch: 'uname -m',
        cpus: 'nproc',
        memory: "awk '/^MemTotal/ {print $2}' /proc/meminfo",
        init: 'readlink /proc/1/exe',
        root: 'stat -fc %T /; findmnt -no FSTYPE /',
        cgroup: 'stat -fc %T /sys/fs/cgroup',
        cmdline: 'cat /proc/cmdline',
        distribution: '. /etc/os-release; echo "$VERSION_ID $PRETTY_NAME"; cat /etc/debian_version',
      }),
    },
    expect({ stdout }, { nonce }) {
      const seen = new Sections(nonce, stdout);
      const answers = parse(seen.text('file'));
      return isVerdict(answers) ? answers : verdict(answers, seen);
    },
  },
  hints: [
    'Each value is one command away, and most of the commands are in the table above. Look first, then write the file with the editor you know, `nano` or `vi`.',
    'The file is one JSON object. Numbers may stand without quotes; everything else is a string. `jq . FILE` shows whether it can be read.',
    'For the last key, read `/proc/cmdline` and take a word whose effect you could not explain to a colleague.',
  ],
  solution: { type: [first, second, `jq . ${file}`] },
  wrong: [
    { name: 'not JSON', type: [`echo release: $(uname -r) >${file}`], undo: clean, hint: 'stand in double quotes' },
    { name: 'a key of its own', type: [`echo '{"kernel": "6.12"}' >${file}`], undo: clean, hint: 'spelt otherwise' },
    { name: 'half of it', type: [`echo '{"release": "6.12"}' >${file}`], undo: clean, hint: 'a string or a number' },
    { name: 'the version of the distribution', type: [first, second, `sed -i "s/$(uname -r)/$(. /etc/os-release; echo $VERSION_ID)/" ${file}`], undo: clean, hint: 'the number of the distribution' },
    { name: 'an architecture from a laptop', type: [first, second, `sed -i 's/i686/x86_64/' ${file}`], undo: clean, hint: 'another one than your laptop' },
    { name: 'the memory that the machine was given', type: [first, second, `sed -i 's/"memory_mib": [0-9]*/"memory_mib": 256/' ${file}`], undo: clean, hint: 'left to manage' },
    { name: 'a name in place of the program', type: [first, second, `sed -i 's,"init": "[^"]*",${'"init": "/sbin/init"'},' ${file}`], undo: clean, hint: 'only a name' },
    { name: 'a parameter that was never given', type: [first, second, `sed -i 's/tsc=reliable/crashkernel=256M/' ${file}`], undo: clean, hint: 'one whole word' },
  ],
};
