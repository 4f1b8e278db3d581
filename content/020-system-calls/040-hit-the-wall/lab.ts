import type { Lab } from '../../../src/lab/lab.ts';
import { codes } from './codes.ts';
import { beyond, folder, mask, peek } from './programs.ts';
import { nocall } from './nocall.ts';
import { protection } from './protection.ts';

export default {
  title: 'Hit the wall',
  minutes: 25,
  start: 'snapshot',
  // the address, within the kernel's first 16 MiB, and the number of the call are new at each start
  prepare: `mkdir -p ${folder}
cd ${folder}
cat >mask.c <<'END'
${mask}
END
sed "s/__ADDRESS__/0xc0$(echo "$NONCE" | cut -c1-6)/" >peek.c <<'END'
${peek}
END
sed "s/__NUMBER__/$(( 5000 + 0x$(echo "$NONCE" | cut -c6-8) ))/" >beyond.c <<'END'
${beyond}
END
printf 'CFLAGS = -O0\\nall: mask peek beyond\\n' >Makefile`,
  steps: [protection, codes, nocall],
} satisfies Lab;
