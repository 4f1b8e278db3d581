import type { Lab } from '../../../src/lab/lab.ts';
import { measure } from './measure.ts';
import { names } from './names.ts';
import { perFileStep } from './per-file.ts';
import { predict } from './predict.ts';

export default {
  title: 'Count the crossings',
  minutes: 25,
  start: 'snapshot',
  // two folders that differ in the number of their files only, and in each start of the lab by other numbers
  prepare: `mkdir -p /root/crossings "/srv/box-$NONCE" "/srv/crate-$NONCE"
few=$(( 12 + 0x$(echo "$NONCE" | cut -c1-2) % 8 ))
many=$(( few + 30 + 0x$(echo "$NONCE" | cut -c3-4) % 8 ))
i=0
while [ $i -lt $many ]; do
  i=$((i + 1))
  [ $i -gt $few ] || echo $i >"/srv/box-$NONCE/part$i"
  echo $i >"/srv/crate-$NONCE/part$i"
done`,
  steps: [predict, measure, perFileStep, names],
} satisfies Lab;
