export { openXml, type XmlNode } from './open-xml.ts';
