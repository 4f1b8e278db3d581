import { broken } from '../../sound.ts';

export default broken({
  wrong: [
    { name: 'nothing made', type: ['true'], hint: 'Make the file' },
    { name: 'made in another way', type: ['printf made >/root/made'], hint: 'right word', undo: ['rm /root/made'] },
  ],
});
