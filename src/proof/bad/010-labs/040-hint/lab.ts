import { broken } from '../../sound.ts';

export default broken({ hints: ['It is a file.', 'Type echo made >/root/made and press Enter.'] });
