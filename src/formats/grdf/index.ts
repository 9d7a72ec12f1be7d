export { grdfAdict } from './adict.ts';
