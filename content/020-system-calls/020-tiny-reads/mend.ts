import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import type { Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';

const folder = '/root/slowcopy';
const most = 20;

/** Copies $t/NAME with the reader's program and says how it ended and whether the copy is the same. */
const copy = (input: string, before = ''): string =>
  `rm -f "$t/out"; timeout 10 ${before} ./slowcopy ${input} "$t/out" </dev/null; echo "code $?"`;
const same = (name: string): string => `cmp -s "$t/${name}" "$t/out" && echo same; stat -c 'length %s' "$t/out"`;

const probe = (nonce: string): string => `t=$(mktemp -d /tmp/slowcopy.XXXXXX)
head -c 32768 /dev/urandom >"$t/even"; head -c 20001 /dev/urandom >"$t/odd"; head -c 19998 "$t/odd" >"$t/tight"; : >"$t/empty"
{ head -c 700 "$t/even"; head -c 9000 "$t/odd"; } >"$t/parts"
cd ${folder}
${sectionScript(nonce, {
  files: 'ls slowcopy.c; [ -x slowcopy ] && echo built; [ slowcopy.c -nt slowcopy ] && echo stale; true',
  even: `${copy('"$t/even"', 'strace --kill-on-exit -f -o "$t/trace" -e trace=read,readv,pread64,preadv,execve,sendfile,sendfile64,copy_file_range,splice')}
${same('even')}
echo "reads $(grep -cE '(read|readv|pread64|preadv)\\(' "$t/trace")"
echo "programs $(grep -c 'execve(' "$t/trace")"
echo "others $(grep -cE '(sendfile|sendfile64|copy_file_range|splice)\\(' "$t/trace")"`,
  odd: `${copy('"$t/odd"')}\n${same('odd')}`,
  empty: `${copy('"$t/empty"')}\n${same('empty')}`,
  pipe: `rm -f "$t/out"; { head -c 700 "$t/even"; sleep 0.4; head -c 9000 "$t/odd"; } | timeout 10 ./slowcopy /dev/stdin "$t/out"; echo "code $?"; ${same('parts')}`,
  interrupted: `${copy('"$t/odd"', 'strace -o /dev/null -e trace=read -e inject=read:error=EINTR:when=2')}\n${same('odd')}`,
  // the limit is one byte before the end, and a prime: it lies inside of the last piece, whatever the size of a piece
  short: `rm -f "$t/out"; env --ignore-signal=XFSZ prlimit --fsize=19997 timeout 10 ./slowcopy "$t/tight" "$t/out" </dev/null; echo "code $?"; stat -c 'length %s' "$t/out"`,
  full: 'timeout 10 ./slowcopy "$t/odd" /dev/full </dev/null; echo "code $?"',
})}
rm -rf "$t"`;

/** `name value` lines, as a section's pieces print them. */
const value = (seen: Sections, name: string, key: string): number =>
  Number(seen.lines(name).find((line) => line.startsWith(`${key} `))?.slice(key.length + 1) ?? NaN);

function verdict(seen: Sections): Verdict {
  const copied = (name: string): boolean => seen.lines(name).includes('same') && value(seen, name, 'code') === 0;
  const files = seen.lines('files');
  if (!files.includes('slowcopy.c')) return fail(`There is no slowcopy.c in ${folder}.`, 'Restart the lab to get it back.');
  if (!files.includes('built')) return fail('There is no program slowcopy beside its source.', `Compile it with gcc; -o names the program. The check runs ${folder}/slowcopy.`);
  if (files.includes('stale')) return fail('The source is newer than the program.', 'The kernel runs machine code, not your editor’s file: compile after the last change.');

  const reads = value(seen, 'even', 'reads');
  if (value(seen, 'even', 'programs') > 1) return fail('slowcopy starts another program for the copy.', 'A tool that has another one do its work is no repair of its loop. Read and write in the program itself.');
  if (value(seen, 'even', 'others') > 0) return fail('slowcopy lets the kernel copy without reading.', 'sendfile and copy_file_range are good answers to another question; they refuse some pairs of files. Mend the loop.');
  if (value(seen, 'even', 'code') === 124) return fail('Traced, the copy of 32 KiB had not ended after ten seconds.', 'It still crosses for a handful of bytes at a time. How large is the piece that one call asks for?');
  if (!(reads <= most)) return fail(`Copying 32768 bytes takes ${reads} calls of read.`, `At most ${most} are allowed, the loader’s included. The size of the buffer decides.`);
  if (!copied('even')) return fail('The copy of 32768 random bytes differs from the original.', 'Does each write begin where the last one ended, and is every byte of the buffer from this read?');
  if (!copied('odd')) {
    return fail(`A file of 20001 bytes becomes one of ${value(seen, 'odd', 'length')}.`, 'The last read brings fewer bytes than you asked for. Write as many as came, not as many as fit.');
  }
  if (!copied('empty')) return fail('An empty file is not copied well.', 'The first read answers 0. That is an end and no error: an empty output and exit status 0.');
  if (!copied('pipe')) return fail('From a pipe that delivers in two pieces the copy is not complete.', 'A short read is not the end of the input. Only 0 is.');
  if (!copied('interrupted')) return fail('One read was made to fail with EINTR, and the copy is not complete.', 'A signal may interrupt a call before it has done anything. errno then says EINTR, and the right answer is to ask again.');
  if (['full', 'short'].some((name) => value(seen, name, 'code') === 124)) return fail('Onto a full device slowcopy had not ended after ten seconds.', 'write answered -1, and the loop has asked ever since. EINTR alone means again: a device that is full stays full.');
  if (value(seen, 'full', 'code') === 0) return fail('Onto a full device slowcopy writes nothing and reports success.', 'Look at what write returns: /dev/full always answers ENOSPC. An exit status of 0 would be a lie that a backup script believes.');
  if (value(seen, 'short', 'code') === 0) return fail(`Where only ${value(seen, 'short', 'length')} of 19998 bytes found room, slowcopy reports success.`, 'The last write took fewer bytes than it was given, and returned how many. The rest has not been written: write it, and look at that answer as well.');
  return pass([
    { statement: `The mended slowcopy copies 32768 bytes with ${reads} calls of read.`, command: 'strace -c -e trace=read ./slowcopy input /tmp/copy' },
    { statement: 'It copies empty, unaligned and interrupted inputs, and reports a full device and a short write.', command: './slowcopy input /dev/full; echo $?' },
  ]);
}

const cd = `cd ${folder}`;
const larger = "sed -i 's/^#define CHUNK 1$/#define CHUNK 16384/' slowcopy.c";
const errors = "sed -i 's/if (got <= 0)/if (got < 0 \\&\\& errno == EINTR)\\n\\t\\t\\tcontinue;\\n\\t\\tif (got < 0)\\n\\t\\t\\treturn 1;\\n\\t\\tif (got == 0)/' slowcopy.c";
const partial = "sed -i 's/write(out, buffer, CHUNK);/for (ssize_t done = 0, put; done < got; done += put > 0 ? put : 0) {\\n\\t\\t\\tput = write(out, buffer + done, got - done);\\n\\t\\t\\tif (put < 0 \\&\\& errno != EINTR)\\n\\t\\t\\t\\treturn 1;\\n\\t\\t}/' slowcopy.c";
const careless = "sed -i 's/write(out, buffer, CHUNK);/write(out, buffer, got);/' slowcopy.c";
const once = "sed -i 's/write(out, buffer, CHUNK);/if (write(out, buffer, got) < 0)\\n\\t\\t\\treturn 1;/' slowcopy.c";
const forever = "sed -i 's/write(out, buffer, CHUNK);/for (ssize_t done = 0, put; done < got; done += put > 0 ? put : 0)\\n\\t\\t\\tput = write(out, buffer + done, got - done);/' slowcopy.c";
const build = 'gcc -O2 -o slowcopy slowcopy.c';
const keep = 'cp slowcopy.c /tmp/slowcopy.orig';
const undo = ['cp /tmp/slowcopy.orig slowcopy.c; rm -f slowcopy', 'cd'];

export const mend: Step = {
  id: 'mend',
  title: 'A copy that asks for more',
  check: { probe: { kind: 'guest', timeout: 90_000, script: ({ nonce }) => probe(nonce) }, expect: ({ stdout }, { nonce }) => verdict(new Sections(nonce, stdout)) },
  hints: [
    'One number in the source decides how much a call asks for. Change it, compile, and compare a copy with its original: cmp says at which byte they part.',
    'read returns how many bytes came. That is what has to be written, and write in turn returns how many went. Both may be fewer than you asked for.',
    'Three answers of read need three reactions: a positive number, 0 for the end, and -1 with a look at errno. EINTR means again; anything else means that the program should end with a status that is not 0.',
  ],
  solution: { type: [cd, larger, errors, partial, build, 'strace -c -e trace=read,write ./slowcopy input /tmp/copy', 'cmp input /tmp/copy', 'cd'] },
  wrong: [
    { name: 'compiled as it came', type: [cd, keep, build], hint: 'a handful of bytes at a time', undo },
    { name: 'a buffer of 512 bytes', type: [cd, keep, "sed -i 's/^#define CHUNK 1$/#define CHUNK 512/' slowcopy.c", build], hint: 'The size of the buffer decides', undo },
    { name: 'changed and not compiled', type: [cd, keep, build, larger], hint: 'compile after the last change', undo },
    { name: 'only the buffer is larger', type: [cd, keep, larger, build], hint: 'not as many as fit', undo },
    { name: 'EINTR taken for the end', type: [cd, keep, larger, careless, build], hint: 'the right answer is to ask again', undo },
    { name: 'errors of write ignored', type: [cd, keep, larger, errors, careless, build], hint: 'a backup script believes', undo },
    { name: 'the rest of a short write forgotten', type: [cd, keep, larger, errors, once, build], hint: 'fewer bytes than it was given', undo },
    { name: 'a write that is tried for ever', type: [cd, keep, larger, errors, forever, build], hint: 'a device that is full stays full', undo },
    { name: 'cp does it', type: [cd, keep, "printf '%s\\n' '#include <unistd.h>' 'int main(int c, char **v)' '{' 'return c == 3 ? execlp(\"cp\", \"cp\", v[1], v[2], (char *)0) : 2;' '}' > slowcopy.c", build], hint: 'no repair of its loop', undo },
  ],
};
