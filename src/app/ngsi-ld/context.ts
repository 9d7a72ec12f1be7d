export { coreContext, ngsiContext } from '#formats/ngsi-ld/index.ts';
