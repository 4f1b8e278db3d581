import { broken } from '../../sound.ts';

export default broken();
