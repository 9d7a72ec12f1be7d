import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answered, describeCertificate } from '#create/index.ts';
import { readDpe } from '#formats/dpe/index.ts';
import { unzip } from '../support/zip.ts';
import { corpusPath } from './corpus.ts';

const certificates = [...unzip(readFileSync(corpusPath('reference', 'dpe', 'dpe_xml_dev.zip')))].filter(
  ([name]) => name.endsWith('.xml'),
);

describe('real certificates', () => {
  it('each becomes a twin; its parts add up to the loss it certifies, but for the few that contradict themselves', () => {
    let within = 0;
    let contradictory = 0;
    for (const [name, bytes] of certificates) {
      const certificate = readDpe(name, bytes);
      if (!certificate.ok) throw new Error(`${name}: ${certificate.error.message.en}`);
      const described = describeCertificate(certificate.value);
      const result = answered(described, {}, 'dpe');
      if (!result.ok) throw new Error(`${name}: ${result.error.message.en}`);
      expect(result.value.twin.heatLoss.low).toBeGreaterThan(0);
      expect(certificate.value.carrier, name).toBeDefined();
      const stated = certificate.value.statedLossWK ?? Number.NaN;
      const apart = Math.abs(result.value.envelope.heatLossCoefficient.value / stated - 1);
      if (apart <= 0.01) within++;
      if (apart > 0.02) {
        contradictory++;
        expect(described.findings.contradictory.map((one) => one.code)).toEqual(['loss-against-certificate']);
      }
    }
    expect(certificates).toHaveLength(150);
    expect(within).toBeGreaterThanOrEqual(146);
    expect(contradictory).toBeLessThanOrEqual(4);
  });
});
