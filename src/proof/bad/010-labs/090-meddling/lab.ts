import { broken, check } from '../../sound.ts';

export default broken({ check: { ...check, probe: { kind: 'guest', script: 'cat /root/made 2>/dev/null; echo looked >>/root/looked' } } });
