import { broken } from '../../sound.ts';

export default broken({ solution: { type: ['true # made'] } });
