/** The core context of NGSI-LD (ETSI GS CIM 009), which processors know. */
export const coreContext = 'https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.6.jsonld';

const models = 'https://smartdatamodels.org';
const own = 'urn:stacoptim:term:';

/**
 * The context of the entities: Building and DeviceMeasurement of the Smart Data Models, and terms of our own for what those
 * have no word for.
 */
export const ngsiContext = {
  '@context': [
    {
      Building: `${models}/dataModel.Building/Building`,
      category: `${models}/dataModel.Building/category`,
      address: `${models}/address`,
      name: `${models}/name`,
      DeviceMeasurement: `${models}/dataModel.Device/DeviceMeasurement`,
      controlledProperty: `${models}/dataModel.Device/controlledProperty`,
      measurementType: `${models}/dataModel.Device/measurementType`,
      deviceType: `${models}/dataModel.Device/deviceType`,
      numValue: `${models}/dataModel.Device/numValue`,
      dateObserved: `${models}/dateObserved`,
      addressLocality: 'https://schema.org/addressLocality',
      ...Object.fromEntries(
        [
          'floorArea',
          'constructionYear',
          'simulated',
          'rnb',
          'bdnb',
          'cadastre',
          'ownIdentifier',
          'low',
          'high',
          'provenance',
          'observedFrom',
          'refBuilding',
          'energyUse',
        ].map((term) => [term, `${own}${term}`]),
      ),
    },
    coreContext,
  ],
};
